import { getClient } from '@temporalio/activity';
import { accountClient } from '../client/accounts';
import { creditsLeft } from '../contract/account-status';
import { utcDay } from '../contract/day';
import type { ProviderName } from '../contract/request';
import { balanceNow } from './look-at-account';
import type { ActivityPorts } from './ports';

/** By the gate of the account, where it has one that runs; else by its limits and its balance. Null: nothing is known. */
export async function leftOn(ports: ActivityPorts, provider: ProviderName): Promise<number | null> {
  const { account } = ports.providers.account(provider);
  const order = { provider, account };
  const limits = ports.accounts.of(provider, account).limits;
  const today = utcDay(Date.now());
  // One that has not begun, or does not answer, is asked by each training itself.
  const status = await accountClient(getClient())
    .account(provider, account)
    .catch(() => null);
  if (status !== null) {
    const known = limits === null ? status.limits : { ...limits, isExclusive: false };
    return creditsLeft({ ...status, limits: known }, today);
  }
  const balance = await balanceNow(ports, order);
  const left = [limits?.creditsPerDay ?? null, balance?.credits ?? null].filter((one) => one !== null);
  return left.length === 0 ? null : Math.min(...left);
}
