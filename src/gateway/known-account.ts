import type { AccountStatus, Darkroom } from '../client';
import type { ProviderName } from '../contract/request';
import { ProblemError } from './api/problem';

export interface AccountName {
  provider: ProviderName;
  account: string;
}

/** How it is with an account, for whoever has named it in an address. @throws ProblemError · NoWorkerError */
export async function knownAccount(darkroom: Darkroom, name: AccountName): Promise<AccountStatus> {
  const status = await darkroom.account(name.provider, name.account);
  if (status === null) throw unknownAccount(name);
  return status;
}

/** @throws ProblemError */
export async function reloadKnown(darkroom: Darkroom, name: AccountName): Promise<void> {
  if (!(await darkroom.reloadAccount(name.provider, name.account))) throw unknownAccount(name);
}

function unknownAccount({ provider, account }: AccountName): ProblemError {
  return new ProblemError(
    'not-found',
    `No training has asked the account ${account} of ${provider} for a place lately; its limits stand in accounts.yaml of the workers`,
  );
}
