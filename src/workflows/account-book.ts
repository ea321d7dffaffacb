import type { AccountAsk, AccountLimits, CustomerLimits, LedgerLine } from '../contract/account';

/** A training that waits for a slot and for credits. */
export interface Waiting {
  id: string;
  ask: AccountAsk;
  /** The provider was full: it had its place, and goes before all others. */
  isBack: boolean;
  paidKeys: string[];
  /** What it was told last. */
  told: string;
}

/** A training that has its slot. */
export interface Holder {
  ask: AccountAsk;
  /** Still set aside for it. */
  reserved: number;
  paidKeys: string[];
  /** The provider has its training: it is in flight there. */
  isTraining: boolean;
  turn: 'none' | 'wanted' | 'held';
  /** When somebody last knew that it is alive. */
  seenAtMs: number;
}

/**
 * All that an account knows. Plain JSON that is handed over whole at continue-as-new: 300 bytes for each training that waits or
 * has a slot, so thousands are well below the 2 MB that there may be.
 */
export interface AccountBook {
  isRecovered: boolean;
  limits: AccountLimits | null;
  problem: string | null;
  queue: Waiting[];
  holders: Record<string, Holder>;
  /** Instants of the turns of the last minute. */
  turns: number[];
  /** Who wants a turn, in their order. */
  wanting: string[];
  /** When each share was served last, as a number that grows. */
  served: Record<string, number>;
  servings: number;
  /** UTC, `2026-11-25`. */
  day: string;
  /** Of this day, by customer; `''` where there is none. */
  spent: Record<string, number>;
  unknown: Record<string, number>;
  /** As the provider said, and what was paid since. */
  balance: { credits: number; atMs: number; paidSince: number } | null;
  /** It takes no more than `inFlight` until then. */
  full: { inFlight: number; untilMs: number } | null;
  /** What a training tells twice because its first telling seemed lost must not count twice. The last ones. */
  ended: string[];
  nextLine: number;
  /** Not in the store yet. */
  lines: LedgerLine[];
}

export const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export function freshBook(nowMs: number): AccountBook {
  return {
    isRecovered: false,
    limits: null,
    problem: null,
    queue: [],
    holders: {},
    turns: [],
    wanting: [],
    served: {},
    servings: 0,
    day: dayOf(nowMs),
    spent: {},
    unknown: {},
    balance: null,
    full: null,
    ended: [],
    nextLine: 1,
    lines: [],
  };
}

export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

export function nextDayMs(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

/** A new day begins with nothing spent; what is set aside stays. */
export function turnPage(book: AccountBook, nowMs: number): void {
  const day = dayOf(nowMs);
  if (day === book.day) return;
  book.day = day;
  book.spent = {};
  book.unknown = {};
}

export function limitsOf({ limits }: AccountBook, customer: string | null): CustomerLimits {
  if (limits === null || customer === null) return { slots: null, creditsPerDay: null };
  return Object.hasOwn(limits.customers, customer)
    ? (limits.customers[customer] ?? limits.eachCustomer)
    : limits.eachCustomer;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
