import { accountLedger } from '../accounts/ledger';
import type { AccountOrder, LedgerLine } from '../contract/account';
import { sayingWhatFailed } from './activity-failure';
import type { ActivityPorts } from './ports';

/** Puts lines of an account's ledger into the store. */
export function keepLedger({ storage }: Pick<ActivityPorts, 'storage'>) {
  return ({ lines, ...order }: AccountOrder & { lines: readonly LedgerLine[] }): Promise<void> =>
    sayingWhatFailed(() => accountLedger(storage, order).add(lines));
}
