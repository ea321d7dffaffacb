import type { LedgerLine } from '../contract/account';
import { utcDay } from '../contract/day';
import { daysBetween, type AccountLedger } from './ledger';
import { repeatedPayments } from './repeated-payments';
import { setAsideAfter } from './set-aside';

/** What a ledger knows of an account that has lost everything else. */
export interface Recovered {
  nextLine: number;
  day: string;
  /** Of that day. */
  spent: [customer: string | null, credits: number][];
  unknown: [customer: string | null, credits: number][];
  /** Those that have not ended, as far as it knows. */
  holders: KnownHolder[];
  /** Those that have ended last, and what they had paid. */
  ended: { id: string; paidKeys: string[] }[];
}

export interface KnownHolder {
  id: string;
  customer: string | null;
  reserved: number;
  isTraining: boolean;
  paidKeys: string[];
}

interface Known extends KnownHolder {
  hasEnded: boolean;
}

const MOST_ENDED = 1000;
/** A training may take 14 days at most. */
const LOOK_BACK_MS = 15 * 86_400_000;

/** What the ledger says now. */
export async function recoverLedger(ledger: AccountLedger, nowMs: number): Promise<Recovered> {
  return recoveredFrom(await ledger.read(daysBetween(nowMs - LOOK_BACK_MS, nowMs)), utcDay(nowMs));
}

/** @param lines of the last days, in their order */
export function recoveredFrom(lines: readonly LedgerLine[], day: string): Recovered {
  const known = new Map<string, Known>();
  const spent = new Map<string | null, number>();
  const unknown = new Map<string | null, number>();
  const repeated = repeatedPayments(lines);
  for (const line of lines) {
    takeLine(known, line);
    if (utcDay(line.atMs) === day && !repeated.has(line)) addTo({ spent, unknown }, line);
  }
  const all = [...known.values()];
  return {
    nextLine: lines.reduce((most, { n }) => Math.max(most, n), 0) + 1,
    day,
    spent: [...spent],
    unknown: [...unknown],
    holders: all.filter(({ hasEnded }) => !hasEnded).map(holderOnly),
    ended: all
      .filter(({ hasEnded }) => hasEnded)
      .slice(-MOST_ENDED)
      .map(({ id, paidKeys }) => ({ id, paidKeys })),
  };
}

function holderOnly({ id, customer, reserved, isTraining, paidKeys }: Known): KnownHolder {
  return { id, customer, reserved, isTraining, paidKeys };
}

function takeLine(known: Map<string, Known>, line: LedgerLine): void {
  const { kind, training, customer, what, key } = line;
  if (training === null) return;
  const fresh = { id: training, customer, reserved: 0, isTraining: false, paidKeys: [], hasEnded: false };
  const holder: Known = known.get(training) ?? fresh;
  known.delete(training); // so that the last ones are last
  known.set(training, holder);
  holder.reserved = setAsideAfter(line, holder.reserved);
  switch (kind) {
    case 'reserved':
      Object.assign(holder, { isTraining: false, hasEnded: false });
      return;
    case 'charged':
    case 'unknown':
      holder.isTraining ||= what === 'training';
      if (key !== null) holder.paidKeys.push(key);
      return;
    case 'ended':
      holder.hasEnded = true;
      return;
    case 'refunded':
    case 'balance':
  }
}

function addTo(
  { spent, unknown }: Record<'spent' | 'unknown', Map<string | null, number>>,
  { kind, customer, credits }: LedgerLine,
): void {
  const to = kind === 'charged' ? spent : kind === 'unknown' ? unknown : null;
  to?.set(customer, (to.get(customer) ?? 0) + credits);
}
