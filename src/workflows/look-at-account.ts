import * as activities from './activities';
import { MINUTE_MS } from './account-book';
import { write } from './account-money';
import type { AccountRun } from './account-run';

/** Of those that have not been heard of for a while, so many at a look. */
const MOST_LOOKED_AT = 200;
const UNHEARD_MS = 2 * MINUTE_MS;

/** What `accounts.yaml` and the provider say, and whether those that have not been heard of for long are still there. */
export async function lookAtAccount(
  { order, book, inbox }: AccountRun,
  whom: 'unheard' | 'all',
): Promise<void> {
  const nowMs = Date.now();
  const unheard = Object.entries(book.holders)
    .filter(([, { seenAtMs }]) => whom === 'all' || seenAtMs < nowMs - UNHEARD_MS)
    .sort(([, a], [, b]) => a.seenAtMs - b.seenAtMs)
    .slice(0, MOST_LOOKED_AT)
    .map(([id]) => id);
  const paidBefore = book.balance?.paidSince ?? 0;
  const seen = await activities.lookAtAccount.executeWithOptions({ summary: `${unheard.length} holders` }, [
    { ...order, ids: unheard },
  ]);
  book.limits = seen.limits;
  book.problem = seen.problem;
  if (seen.balance !== null) {
    const { credits } = seen.balance;
    if (book.balance?.credits !== credits)
      write(book, Date.now(), { kind: 'balance', training: null, customer: null, credits });
    // What was paid meanwhile may be in it or not: it counts as if it were not.
    book.balance = { ...seen.balance, paidSince: (book.balance?.paidSince ?? 0) - paidBefore };
  }
  for (const id of unheard) {
    const holder = book.holders[id];
    if (holder === undefined) continue;
    const gone = seen.gone.find((one) => one.id === id);
    if (gone === undefined) holder.seenAtMs = Date.now();
    else inbox.push({ ask: holder.ask, ...gone });
  }
}
