import { utcDay } from '../contract/day';
import { daysBetween } from './ledger';

/** Days that a ledger is not read for; `message` says why. */
export class LedgerDaysError extends Error {
  override name = 'LedgerDaysError' as const;
}

const DAY_MS = 86_400_000;
export const USUAL_DAYS = 30;
/** A file for each few seconds in which something happened. */
const MOST_DAYS = 400;

/** The first and the last, such as `2026-11-25`, as they were asked for. */
export interface AskedDays {
  from?: string | undefined;
  to?: string | undefined;
}

/**
 * The days (UTC) of a ledger that are asked for; those of the last 30 days where nothing is said. Pure.
 *
 * @param nameOf how whoever asks calls them
 * @throws LedgerDaysError
 */
export function askedDays(
  { from, to }: AskedDays,
  { nowMs, nameOf }: { nowMs: number; nameOf: (which: 'from' | 'to') => string },
): string[] {
  const toMs = to === undefined ? nowMs : dayMs(nameOf('to'), to);
  // Before 1970 there is no ledger, and days before the year 0 have another form.
  const fromMs = from === undefined ? Math.max(toMs - USUAL_DAYS * DAY_MS, 0) : dayMs(nameOf('from'), from);
  const count = Math.floor(toMs / DAY_MS) - Math.floor(fromMs / DAY_MS) + 1;
  if (count <= 0)
    throw new LedgerDaysError(`${nameOf('from')} ${utcDay(fromMs)} is after ${nameOf('to')} ${utcDay(toMs)}`);
  if (count > MOST_DAYS)
    throw new LedgerDaysError(`${count} days are more than ${MOST_DAYS}; name a later ${nameOf('from')}`);
  return daysBetween(fromMs, toMs);
}

function dayMs(name: string, day: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (!Number.isNaN(ms) && utcDay(ms) === day) return ms;
  throw new LedgerDaysError(`${name} expects a day such as 2026-11-25, received "${day}"`);
}
