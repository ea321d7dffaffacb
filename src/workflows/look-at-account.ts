import { patched } from '@temporalio/workflow';
import * as activities from './activities';
import type { Gone } from '../activities/look-at-account';
import { holderOf, holdersOf, MINUTE_MS, type AccountBook } from './account-book';
import { write } from './account-money';
import type { AccountRun } from './account-run';

/** At a look; the ids stand in the history. */
const MOST_LOOKED_AT = 500;
const UNHEARD_MS = 2 * MINUTE_MS;

/** What `accounts.yaml` and the provider say, and whether those that have not been heard of for long are still there. */
export async function lookAtAccount(run: AccountRun, whom: 'unheard' | 'all'): Promise<void> {
  const { order, book, inbox } = run;
  const sinceMs = Date.now();
  const ids = holdersOf(book)
    .filter(([, { seenAtMs }]) => whom === 'all' || seenAtMs < sinceMs - UNHEARD_MS)
    .sort(([, a], [, b]) => a.seenAtMs - b.seenAtMs)
    .slice(0, MOST_LOOKED_AT)
    .map(([id]) => id);
  const paidBefore = book.balance?.paidSince ?? 0;
  const seen = await activities.lookAtAccount.executeWithOptions({ summary: `${ids.length} holders` }, [
    { ...order, ids },
  ]);
  noteLimits(book, seen);
  noteBalance(book, seen.balance, paidBefore);
  for (const id of ids) {
    const holder = holderOf(book, id);
    // One that has said something meanwhile is another run under the same id, perhaps.
    if (holder === null || holder.seenAtMs > sinceMs) continue;
    const gone: Gone | undefined = seen.gone.find((one) => one.id === id);
    if (gone === undefined) holder.seenAtMs = Date.now();
    else inbox.push({ ask: holder.ask, ...gone });
  }
  // There are more of them, and each is to be looked at within minutes.
  if (ids.length === MOST_LOOKED_AT && patched('look-on')) run.nextLookAtMs = Date.now();
}

/** Where a worker does not know the account, what is known goes on: to forget it would let everybody in. */
export function noteLimits(
  book: AccountBook,
  { limits, problem }: Pick<Awaited<ReturnType<typeof activities.lookAtAccount>>, 'limits' | 'problem'>,
): void {
  book.problem = problem;
  if (limits === null) return;
  const { isExclusive, ...others } = limits;
  book.limits = { ...others, isExclusive: isExclusive ?? book.limits?.isExclusive ?? true };
}

function noteBalance(
  book: AccountBook,
  balance: { credits: number; atMs: number } | null,
  paidBefore: number,
): void {
  if (balance === null) return;
  const { credits } = balance;
  const isOther = book.balance?.credits !== credits;
  // A payment of which this heard after the balance was read is behind that line, and the difference would count it as somebody else's.
  if (isOther || (paidBefore > 0 && patched('balance-after-payment')))
    write(book, Date.now(), { kind: 'balance', training: null, customer: null, credits });
  // What was paid meanwhile may be in it or not: it counts as if it were not.
  book.balance = { ...balance, paidSince: (book.balance?.paidSince ?? 0) - paidBefore };
}
