/** What a row of a batch would cost, and on whose account. */
export interface PricedRow {
  provider: string;
  credits: number;
}

export interface RowsFitted {
  /** Credits of all rows. */
  needed: number;
  /** Places of the rows for which nothing is left, counted from 0. */
  unaffordable: number[];
  /** Of the first of them: what was short. Null where all fit. */
  short: { of: 'budget' | 'account'; provider: string; needed: number; left: number } | null;
}

/**
 * Which rows fit into what is left, in their order. Pure.
 *
 * @param left by provider; one that is absent, or a budget of null, has no limit that is known
 */
export function fitRows(
  rows: readonly PricedRow[],
  { left, budget }: { left: ReadonlyMap<string, number>; budget: number | null },
): RowsFitted {
  const onAccount = new Map(left);
  let ofBudget = budget ?? Infinity;
  const fitted: RowsFitted = { needed: 0, unaffordable: [], short: null };
  rows.forEach(({ provider, credits }, index) => {
    fitted.needed += credits;
    const available = onAccount.get(provider) ?? Infinity;
    if (credits <= available && credits <= ofBudget) {
      onAccount.set(provider, available - credits);
      ofBudget -= credits;
      return;
    }
    fitted.unaffordable.push(index);
    const of = credits > available ? 'account' : 'budget';
    fitted.short ??= {
      of,
      provider,
      needed: sumOf(rows, of === 'account' ? provider : null),
      left: (of === 'account' ? left.get(provider) : budget) ?? 0,
    };
  });
  return fitted;
}

function sumOf(rows: readonly PricedRow[], provider: string | null): number {
  return rows
    .filter((row) => provider === null || row.provider === provider)
    .reduce((sum, { credits }) => sum + credits, 0);
}
