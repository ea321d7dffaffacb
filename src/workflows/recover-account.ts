import * as activities from './activities';
import type { Holder } from './account-book';
import type { AccountRun } from './account-run';

/** Fills the book from the ledger, where this workflow knows nothing: it was idle and ended, or somebody has terminated it. */
export async function recoverAccount({ order, book }: AccountRun): Promise<void> {
  const { holders, balance, ...known } = await activities.recoverAccount.executeWithOptions(
    { summary: 'from the ledger' },
    [order],
  );
  Object.assign(book, known, { balance: balance === null ? null : { ...balance, paidSince: 0 } });
  for (const [id, { customer, reserved, isTraining }] of Object.entries(holders)) {
    const ask = { customer, share: customer ?? '', priority: 3, credits: reserved };
    // Looked at before all others, because nobody knows whether it is still there.
    const holder: Holder = { ask, reserved, paidKeys: [], isTraining, turn: 'none', seenAtMs: 0 };
    book.holders[id] = holder;
  }
  book.isRecovered = true;
}
