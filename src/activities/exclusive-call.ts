import type { Provider } from '../providers/port';
import { isProviderError } from '../providers/errors';
import type { Storage } from '../storage/port';
import { accountCalls } from '../submissions/account-calls';
import type { Account } from './ports';

/** A call that costs something, announced on its account. Where the account is shared, nothing is. */
export interface ExclusiveCall {
  name: string | null;
  creditsBefore: number | null;
  end: () => Promise<void>;
}

const BALANCE_TIMEOUT_MS = 5000;

/** Announces the call, then reads the balance: in this order, so that no other call can hide between the two. */
export async function exclusiveCall(facts: {
  storage: Storage;
  provider: Provider;
  account: Account;
  overAtMs: number;
}): Promise<ExclusiveCall> {
  const { storage, provider, account, overAtMs } = facts;
  if (!account.isExclusive) return { name: null, creditsBefore: null, end: () => Promise.resolve() };
  const call = await accountCalls(storage, provider.name, account.account).begin({ overAtMs });
  return { ...call, creditsBefore: await balanceOf(provider) };
}

/** Evidence that cannot be had is no reason not to train. */
async function balanceOf(provider: Provider): Promise<number | null> {
  try {
    return (await provider.balance(AbortSignal.timeout(BALANCE_TIMEOUT_MS)))?.credits ?? null;
  } catch (error) {
    if (isProviderError(error)) return null;
    throw error;
  }
}
