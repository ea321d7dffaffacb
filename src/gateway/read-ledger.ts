import { accountLedger } from '../accounts/ledger';
import type { LedgerLine } from '../contract/account';
import type { Storage } from '../storage/port';
import { ProblemError } from './api/problem';
import type { AccountName } from './known-account';

/** Each reads a file for every few seconds in which something happened. */
const MOST_AT_ONCE = 2;
const underWay = new Set<symbol>();

/** The lines of these days, from the store of the workers. @throws ProblemError · StorageError */
export async function readLedger(
  store: Storage,
  name: AccountName,
  days: readonly string[],
): Promise<LedgerLine[]> {
  if (underWay.size >= MOST_AT_ONCE)
    throw new ProblemError('too-many', 'Too many ledgers are being read right now; ask again in a minute');
  const mine = Symbol(name.account);
  underWay.add(mine);
  try {
    return await accountLedger(store, name).read(days);
  } finally {
    underWay.delete(mine);
  }
}
