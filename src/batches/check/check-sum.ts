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
  /** What the balance lacks; 0 where it is enough or not known. */
  creditsMissing: number;
}

/** Adds the rows up, for each provider that any of them names. Pure. */
export function sumsOf(
  rows: readonly CheckedRow[],
  balances: Readonly<Partial<Record<ProviderName, number | null>>>,
): ProviderSum[] {
  return PROVIDERS.flatMap((provider) => {
    const ofIt = rows.filter((row) => row.provider === provider);
    if (ofIt.length === 0) return [];
    const sum = (of: (row: CheckedRow) => number) => ofIt.reduce((total, row) => total + of(row), 0);
    const balance = balances[provider] ?? null;
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
      creditsMissing: balance === null ? 0 : Math.max(creditsNeeded - balance, 0),
    };
  });
}
