import { accountLedger } from '../accounts/ledger';
import type { LedgerLine } from '../contract/account';
import type { Storage } from '../storage/port';
import { fewAtOnce } from './few-at-once';
import type { AccountName } from './known-account';

/** Each reads a file for every few seconds in which something happened. */
const twoAtOnce = fewAtOnce(2, 'ledgers are being read');

/** The lines of these days, from the store of the workers. @throws ProblemError · StorageError */
export function readLedger(
  store: Storage,
  name: AccountName,
  days: readonly string[],
): Promise<LedgerLine[]> {
  return twoAtOnce(() => accountLedger(store, name).read(days));
}
