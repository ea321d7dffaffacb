import { log, sleep } from '@temporalio/workflow';
import { errorMessage } from '../error-facts';
import * as activities from './activities';
import { keyOf, MINUTE_MS } from './account-book';
import type { AccountRun } from './account-run';
import { noteLimits } from './look-at-account';

/** Fills the book from the ledger, where this workflow knows nothing: it is the first, or somebody has terminated the one before. */
export async function recoverAccount({ order, book }: AccountRun): Promise<void> {
  const known = await fromLedger(order);
  const { nextLine, day, spent, unknown, ended, holders, balance } = known;
  Object.assign(book, { nextLine, day, spent: keyed(spent), unknown: keyed(unknown), ended });
  noteLimits(book, known);
  book.balance = balance === null ? null : { ...balance, paidSince: 0 };
  for (const { id, customer, reserved, isTraining, paidKeys } of holders) {
    const ask = { customer, share: customer ?? '', priority: 3, credits: reserved, attemptCredits: 0 };
    // Looked at before all others, because nobody knows whether it is still there.
    book.holders[keyOf(id)] = { ask, reserved, paidKeys, isTraining, turn: 'none', seenAtMs: 0 };
  }
  book.isRecovered = true;
}

/** Nobody is let in without: what has been spent today is not known. */
async function fromLedger(order: AccountRun['order']): ReturnType<typeof activities.recoverAccount> {
  for (;;) {
    try {
      return await activities.recoverAccount.executeWithOptions({ summary: 'from the ledger' }, [order]);
    } catch (error) {
      log.error('the ledger of an account cannot be read', { ...order, error: errorMessage(error) });
      await sleep(MINUTE_MS, { summary: 'the ledger cannot be read' });
    }
  }
}

function keyed(byCustomer: readonly [customer: string | null, credits: number][]): Record<string, number> {
  return Object.fromEntries(byCustomer.map(([customer, credits]) => [keyOf(customer), credits]));
}
