import { PROVIDERS } from '../../contract/names';
import type { ProviderName } from '../../contract/request';

/** What was found out about one row without starting anything. */
export interface CheckedRow {
  row: number;
  subject: string;
  provider: ProviderName;
  customer: string | null;
  /** Asked for. */
  photos: number;
  /** Would be sent, and paid for. */
  good: number;
  rejected: number;
  /** Of its upload and its training; 0 where the row is not right, because nothing would be submitted. */
  creditsNeeded: number;
  /** What the photos that a gate rejected would have cost. */
  creditsSaved: number;
  /** Why it cannot be trained; empty where it can. */
  problems: string[];
}

export interface ProviderSum {
  provider: ProviderName;
  /** Those that can be trained. */
  rows: number;
  photos: number;
  good: number;
  rejected: number;
  creditsNeeded: number;
  creditsSaved: number;
  /** Credits at the provider; null where nobody knows. */
  balance: number | null;
  /** Credits that `accounts.yaml` allows today still; null where it sets no limit. */
  leftToday: number | null;
  /** What the balance, or the day, lacks; 0 where both are enough or not known. */
  creditsMissing: number;
}

export interface BudgetSum {
  credits: number;
  /** What it lacks; 0 where it is enough. */
  missing: number;
}

/** All rows, at whatever provider, against one budget. Pure. */
export function budgetSum(sums: readonly ProviderSum[], budgetCredits: number): BudgetSum {
  const needed = sums.reduce((total, { creditsNeeded }) => total + creditsNeeded, 0);
  return { credits: budgetCredits, missing: Math.max(needed - budgetCredits, 0) };
}

/** Adds the rows up, for each provider that any of them names. Pure. */
export function sumsOf(
  rows: readonly CheckedRow[],
  balances: Readonly<Partial<Record<ProviderName, number | null>>>,
  leftTodayAt: (provider: ProviderName) => number | null = () => null,
): ProviderSum[] {
  return PROVIDERS.flatMap((provider) => {
    const ofIt = rows.filter((row) => row.provider === provider);
    if (ofIt.length === 0) return [];
    const sum = (of: (row: CheckedRow) => number) => ofIt.reduce((total, row) => total + of(row), 0);
    const balance = balances[provider] ?? null;
    const leftToday = leftTodayAt(provider);
    const creditsNeeded = sum((row) => row.creditsNeeded);
    return {
      provider,
      rows: ofIt.filter(({ problems }) => problems.length === 0).length,
      photos: sum((row) => row.photos),
      good: sum((row) => row.good),
      rejected: sum((row) => row.rejected),
      creditsNeeded,
      creditsSaved: sum((row) => row.creditsSaved),
      balance,
      leftToday,
      creditsMissing: Math.max(creditsNeeded - Math.min(balance ?? Infinity, leftToday ?? Infinity), 0),
    };
  });
}
