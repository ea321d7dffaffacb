import { log } from '@temporalio/activity';
import { accountLedger } from '../accounts/ledger';
import { recoverLedger, type Recovered } from '../accounts/recover';
import type { AccountOrder } from '../contract/account';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { balanceNow, limitsNow, type AccountSeen } from './look-at-account';
import type { ActivityPorts } from './ports';

export type RecoveredAccount = Recovered & Omit<AccountSeen, 'gone'>;

/** What is known of an account without its workflow: the limits, the balance, and what the ledger says. */
export function recoverAccount(ports: ActivityPorts) {
  return (order: AccountOrder): Promise<RecoveredAccount> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => null,
        async () => {
          const ledger = accountLedger(
            ports.storage,
            order,
            (key) => void log.warn('a file of the ledger cannot be read', { key }),
          );
          return {
            ...(await recoverLedger(ledger, Date.now())),
            ...limitsNow(ports, order),
            balance: await balanceNow(ports, order),
          };
        },
      ),
    );
}
