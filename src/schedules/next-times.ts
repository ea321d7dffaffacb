import { fits, valuesOf, type Calendar } from './calendar';
import type { Interval } from './interval';
import { DAY_MS, instantsOf, localMs, offsetMs } from './local-time';

/** When a schedule starts something, as Temporal has it. */
export interface ScheduleSpec {
  calendars: readonly Calendar[];
  intervals: readonly Interval[];
  timezone: string;
  /** Set in Temporal's UI or by its CLI: times that are left out, and the first and the last instant. */
  leftOut?: readonly Calendar[];
  startAtMs?: number;
  endAtMs?: number;
}

/** Temporal knows no earlier and no later ones. */
export const FIRST_MS = Date.UTC(2000, 0, 1);
const LAST_MS = Date.UTC(2101, 0, 1);

/** Times after `afterMs` up to `untilMs`, rising, at most so many; without jitter, and with those that are left out. Unix milliseconds. */
export function nextTimes(
  spec: ScheduleSpec,
  range: { afterMs: number; untilMs?: number; most: number },
): number[] {
  const found: number[] = [];
  const { most } = range;
  const afterMs = Math.max(range.afterMs, FIRST_MS - 1, (spec.startAtMs ?? FIRST_MS) - 1);
  const untilMs = Math.min(range.untilMs ?? LAST_MS, spec.endAtMs ?? LAST_MS);
  for (const times of [
    ...spec.calendars.map((calendar) => timesOf(calendar, spec.timezone, afterMs)),
    ...spec.intervals.map((interval) => ticksOf(interval, afterMs)),
  ]) {
    let count = 0;
    for (const atMs of times) {
      if (atMs > untilMs || count >= most) break;
      found.push(atMs);
      count += 1;
    }
  }
  return [...new Set(found)].sort((a, b) => a - b).slice(0, most);
}

/** A schedule that leaves out all of its times would be walked through without end, so that is asked of each one found. */
export function isLeftOut({ leftOut = [], timezone }: ScheduleSpec, atMs: number): boolean {
  const shownMs = localMs(timezone, atMs);
  const shown = new Date(shownMs);
  return leftOut.some(
    (calendar) =>
      dayFits(calendar, Math.floor(shownMs / DAY_MS) * DAY_MS) &&
      fits(calendar.hour, shown.getUTCHours()) &&
      fits(calendar.minute, shown.getUTCMinutes()) &&
      fits(calendar.second, shown.getUTCSeconds()),
  );
}

function* ticksOf({ everyMs, offsetMs }: Interval, afterMs: number): Generator<number> {
  for (let tick = Math.floor((afterMs - offsetMs) / everyMs) + 1; ; tick += 1)
    yield tick * everyMs + offsetMs;
}

function* timesOf(calendar: Calendar, timezone: string, afterMs: number): Generator<number> {
  const firstDayMs = Math.floor(localMs(timezone, afterMs) / DAY_MS) * DAY_MS - DAY_MS;
  for (let dayMs = firstDayMs; dayMs < LAST_MS; dayMs += DAY_MS)
    if (dayFits(calendar, dayMs))
      for (const atMs of instantsOn(calendar, timezone, dayMs)) if (atMs > afterMs) yield atMs;
}

function instantsOn(calendar: Calendar, timezone: string, dayMs: number): Iterable<number> {
  const shown = shownOn(calendar, dayMs);
  const steadyMs = steadyOffsetMs(timezone, dayMs);
  // A day of 86,400 times is not asked of Intl time by time.
  if (steadyMs !== null) return shiftedBy(shown, steadyMs);
  // Hours that come twice bring the instants of a day out of order.
  return [...shown].flatMap((shownMs) => instantsOf(timezone, shownMs)).sort((a, b) => a - b);
}

function* shiftedBy(shown: Iterable<number>, offset: number): Generator<number> {
  for (const shownMs of shown) yield shownMs - offset;
}

/** Null where clocks are put forward or back on this day or right beside it. */
function steadyOffsetMs(timezone: string, dayMs: number): number | null {
  const before = offsetMs(timezone, dayMs - DAY_MS);
  return before === offsetMs(timezone, dayMs + 2 * DAY_MS) ? before : null;
}

export function dayFits({ dayOfMonth, month, dayOfWeek, year }: Calendar, dayMs: number): boolean {
  const day = new Date(dayMs);
  return (
    fits(year, day.getUTCFullYear()) &&
    fits(month, day.getUTCMonth() + 1) &&
    fits(dayOfMonth, day.getUTCDate()) &&
    fits(dayOfWeek, day.getUTCDay())
  );
}

/** What a clock shows on this day at the times of the calendar, as if it were UTC. */
export function* shownOn({ hour, minute, second }: Calendar, dayMs: number): Generator<number> {
  for (const h of valuesOf('hour', hour))
    for (const m of valuesOf('minute', minute))
      for (const s of valuesOf('second', second)) yield dayMs + ((h * 60 + m) * 60 + s) * 1000;
}
