import type { AccountAsk, AccountLimits, CustomerLimits, LedgerLine } from '../contract/account';
import { utcDay } from '../contract/day';

/** A training that waits for a slot and for credits. */
export interface Waiting {
  id: string;
  /** `credits` is what has to be set aside when it is let in. */
  ask: AccountAsk;
  /** It had its slot before, and goes before all others. */
  isBack: boolean;
  paidKeys: string[];
  /** What it was told last; empty before it was told anything. */
  told: string;
  /** Whether it could ever be let in has been looked at, with limits that are known. */
  isJudged: boolean;
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
  /** When its turn was given, where so many are given a minute. */
  turnAtMs?: number;
  /** When somebody last knew that it is alive. */
  seenAtMs: number;
}

/**
 * All that an account knows. Plain JSON that is handed over whole at continue-as-new: 240 bytes for each training that waits or
 * has a slot, and 2 MB are the most, so there are bounds on both. Keys of records are made by `keyOf`: a customer may be called
 * "constructor".
 */
export interface AccountBook {
  isRecovered: boolean;
  limits: AccountLimits | null;
  problem: string | null;
  queue: Waiting[];
  holders: Record<string, Holder>;
  /** Instants of the turns of the last minute, and of calls that took longer. */
  turns: number[];
  /** Who wants a turn, in their order. */
  wanting: string[];
  /** Who is let in gets a turn with its slot, and waits for both in the queue. Not in a run that an older release has begun. */
  isSlotWithTurn: boolean;
  /** When each share was served last, as a number that grows. */
  served: Record<string, number>;
  servings: number;
  /** UTC, `2026-11-25`. */
  day: string;
  /** Of this day, by customer. */
  spent: Record<string, number>;
  unknown: Record<string, number>;
  /** As the provider said, and what was paid since. */
  balance: { credits: number; atMs: number; paidSince: number } | null;
  /** It takes no more than `inFlight`; one more is tried then. `isTrying`: the last one that was let in is one more than it took before. */
  full: { inFlight: number; tryAtMs: number; isTrying: boolean } | null;
  /** The last ones, and what they had paid: it may be told once more, or found on record. */
  ended: { id: string; paidKeys: string[] }[];
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
    isSlotWithTurn: false,
    served: {},
    servings: 0,
    day: utcDay(nowMs),
    spent: {},
    unknown: {},
    balance: null,
    full: null,
    ended: [],
    nextLine: 1,
    lines: [],
  };
}

/** No name that an object has by itself begins so. */
export function keyOf(name: string | null): string {
  return name === null ? '-' : `.${name}`;
}

export function holderOf({ holders }: Pick<AccountBook, 'holders'>, id: string): Holder | null {
  return holders[keyOf(id)] ?? null;
}

export function holdersOf({ holders }: Pick<AccountBook, 'holders'>): [id: string, holder: Holder][] {
  return Object.entries(holders).map(([key, holder]) => [key.slice(1), holder]);
}

export function nextDayMs(nowMs: number): number {
  return (Math.floor(nowMs / DAY_MS) + 1) * DAY_MS;
}

/** A new day begins with nothing spent; what is set aside stays. */
export function turnPage(book: AccountBook, nowMs: number): void {
  const day = utcDay(nowMs);
  if (day === book.day) return;
  book.day = day;
  book.spent = {};
  book.unknown = {};
}

export function limitsOf({ limits }: Pick<AccountBook, 'limits'>, customer: string | null): CustomerLimits {
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
