import type { AccountLimits } from './account';

/** The answer of the query `account`. */
export interface AccountStatus {
  id: string;
  provider: string;
  account: string;
  /** Null until a worker has said them. */
  limits: AccountLimits | null;
  /** What is wrong with `accounts.yaml`; the limits are those before. */
  problem: string | null;
  slotsTaken: number;
  waiting: number;
  /** Lines of the ledger that are not in the store yet. */
  unwritten: number;
  /** Those that come next, at most 20. */
  next: { id: string; place: number; words: string }[];
  credits: {
    /** Of those that wait. */
    planned: number;
    reserved: number;
    /** The day that the next two are about, UTC: the last one on which something happened. */
    day: string;
    spent: number;
    /** Perhaps charged. */
    unknown: number;
    /** What the provider said last, and how much of it has been paid since. */
    balance: { credits: number; atMs: number; paidSince: number } | null;
  };
}

/** What was used today, if `today` is the day of the status. */
export function usedToday({ credits }: AccountStatus, today: string): { spent: number; unknown: number } {
  return credits.day === today
    ? { spent: credits.spent, unknown: credits.unknown }
    : { spent: 0, unknown: 0 };
}

/** What may be set aside still, of today's limit and of the balance; null: no limit is known. */
export function creditsLeft(status: AccountStatus, today: string): number | null {
  const { reserved, balance } = status.credits;
  const { spent, unknown } = usedToday(status, today);
  const perDay = status.limits?.creditsPerDay ?? null;
  const left = [
    ...(perDay === null ? [] : [perDay - spent - unknown - reserved]),
    ...(balance === null ? [] : [balance.credits - balance.paidSince - reserved]),
  ];
  return left.length === 0 ? null : Math.max(Math.min(...left), 0);
}
