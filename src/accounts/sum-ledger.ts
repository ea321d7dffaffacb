import type { LedgerLine } from '../contract/account';
import { utcDay } from '../contract/day';
import { repeatedPayments } from './repeated-payments';
import { setAsideAfter } from './set-aside';

/** What a ledger comes to, for one customer, one day, or all. Credits. */
export interface LedgerSum {
  key: string;
  trainings: number;
  /** Set aside now, by trainings that have not ended. */
  reserved: number;
  charged: number;
  refunded: number;
  /** Of trainings that ended without an answer: perhaps charged. */
  unknown: number;
}

export const SUMS_BY = ['account', 'customer', 'day'] as const;
export type SumBy = (typeof SUMS_BY)[number];

/** @param lines in their order @param account its name, the key where nothing is told apart */
export function sumLedger(lines: readonly LedgerLine[], by: SumBy, account: string): LedgerSum[] {
  const sums = new Map<string, LedgerSum & { ids: Set<string> }>();
  const open = new Map<string, { key: string; left: number }>();
  const repeated = repeatedPayments(lines);
  for (const line of lines) {
    if (line.training === null) continue;
    const key = keyOf(line, by, account);
    const sum = sums.get(key) ?? fresh(key);
    sums.set(key, sum);
    sum.ids.add(line.training);
    const isPayment = !repeated.has(line);
    if (line.kind === 'charged' && isPayment) sum.charged += line.credits;
    if (line.kind === 'refunded') sum.refunded += line.credits;
    if (line.kind === 'unknown' && isPayment) sum.unknown += line.credits;
    // What is set aside counts for whoever, and the day on which, it was set aside.
    const before = line.kind === 'reserved' ? { key, left: 0 } : open.get(line.training);
    if (before !== undefined)
      open.set(line.training, { key: before.key, left: setAsideAfter(line, before.left) });
  }
  for (const { key, left } of open.values()) {
    const sum = sums.get(key);
    if (sum !== undefined) sum.reserved += left;
  }
  return [...sums.values()].map(({ ids, ...sum }) => ({ ...sum, trainings: ids.size }));
}

function keyOf({ customer, atMs }: LedgerLine, by: SumBy, account: string): string {
  switch (by) {
    case 'account':
      return account;
    case 'customer':
      return customer ?? '(none)';
    case 'day':
      return utcDay(atMs);
  }
}

function fresh(key: string): LedgerSum & { ids: Set<string> } {
  return { key, trainings: 0, reserved: 0, charged: 0, refunded: 0, unknown: 0, ids: new Set() };
}

export interface Difference {
  credits: number;
  fromMs: number;
  toMs: number;
}

/**
 * What the provider's balance says besides: how far it moved between the first and the last time it was read, other than by what
 * was charged in between. Negative: something else has spent. Null: it was read fewer than two times.
 */
export function unexplained(lines: readonly LedgerLine[]): Difference | null {
  const balances = lines.filter(({ kind }) => kind === 'balance');
  const [first, last] = [balances[0], balances.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  const repeated = repeatedPayments(lines);
  const charged = lines
    .slice(lines.indexOf(first), lines.indexOf(last))
    .filter((line) => line.kind === 'charged' && !repeated.has(line))
    .reduce((sum, { credits }) => sum + credits, 0);
  return { credits: last.credits - (first.credits - charged), fromMs: first.atMs, toMs: last.atMs };
}
