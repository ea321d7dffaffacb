import { accountLedger } from '../accounts/ledger';
import { limitsFile } from '../accounts/limits-file';
import { recoverLedger } from '../accounts/recover';
import type { Config } from '../config';
import type { AccountLimits } from '../contract/account';
import { PROVIDERS } from '../contract/names';
import type { ProviderName } from '../contract/request';
import type { Storage } from '../storage/port';

export interface LimitsHere {
  limits: Omit<AccountLimits, 'isExclusive'>;
  /** Credits that may be spent today still; null where there is no limit. */
  leftToday: number | null;
}

/** What `accounts.yaml` allows by provider, less what the ledger in the store has of today. Those that it does not name are absent. */
export async function limitsHere(
  config: Config,
  storage: Storage,
): Promise<ReadonlyMap<ProviderName, LimitsHere>> {
  const file = limitsFile(config.accountsFile);
  const found = new Map<ProviderName, LimitsHere>();
  for (const provider of PROVIDERS) {
    const { account } = config[provider];
    const { limits } = file.of(provider, account);
    if (limits === null) continue;
    const { creditsPerDay } = limits;
    const used = creditsPerDay === null ? 0 : await usedToday(storage, { provider, account });
    found.set(provider, {
      limits,
      leftToday: creditsPerDay === null ? null : Math.max(creditsPerDay - used, 0),
    });
  }
  return found;
}

/** Spent, perhaps spent, and set aside for those that train. */
async function usedToday(storage: Storage, order: { provider: string; account: string }): Promise<number> {
  const { spent, unknown, holders } = await recoverLedger(accountLedger(storage, order), Date.now());
  const used = [...spent, ...unknown].reduce((sum, [, credits]) => sum + credits, 0);
  return holders.reduce((sum, { reserved }) => sum + reserved, used);
}
