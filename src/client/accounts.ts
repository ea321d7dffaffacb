import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { accountWorkflowId } from '../contract/account';
import type { AccountStatus } from '../contract/account-status';
import type { ProviderName } from '../contract/request';
import { ACCOUNT_QUERY, NUDGE_SIGNAL } from '../contract/names';
import { NoWorkerError } from './errors';
import { isWithoutAnswer } from './grpc-status';
import { isStopped } from './is-stopped';
import { listAccounts, type ListedAccount } from './list-accounts';

export type { ListedAccount } from './list-accounts';

/** What the client library has of accounts. */
export interface AccountClient {
  /** Those with limits that trainings have asked for a place, by provider and name. One that is new may be missing for a second. */
  accounts(): Promise<ListedAccount[]>;
  /** How it is with an account that has limits; null: no training has asked it for a place lately. @throws NoWorkerError */
  account(provider: ProviderName, account: string): Promise<AccountStatus | null>;
  /** Has a changed `accounts.yaml` obeyed now instead of within a minute. False: nothing runs that could obey it. */
  reloadAccount(provider: ProviderName, account: string): Promise<boolean>;
}

export function accountClient(client: Client): AccountClient {
  return {
    accounts: () => listAccounts(client),
    account: (provider, account) => readAccount(client, provider, account),
    reloadAccount: (provider, account) => reloadAccount(client, provider, account),
  };
}

/** A worker answers within milliseconds; without one, Temporal would hold the call for a long time. */
const ANSWER_TIMEOUT_MS = 10_000;

/**
 * How it is with an account that has limits. Null: no training has asked for a place on it lately.
 *
 * @throws NoWorkerError
 */
async function readAccount(client: Client, provider: string, account: string): Promise<AccountStatus | null> {
  const id = accountWorkflowId(provider, account);
  try {
    return await client.withDeadline(Date.now() + ANSWER_TIMEOUT_MS, async () => {
      const handle = client.workflow.getHandle(id);
      if (isStopped((await handle.describe()).status)) return null;
      return handle.query<AccountStatus>(ACCOUNT_QUERY);
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    if (isWithoutAnswer(error)) throw new NoWorkerError(id);
    throw error;
  }
}

/** Has the limits read again, and all that have a slot looked at, now instead of within a minute. False: there is nothing to do it. */
async function reloadAccount(client: Client, provider: string, account: string): Promise<boolean> {
  try {
    await client.workflow.getHandle(accountWorkflowId(provider, account)).signal(NUDGE_SIGNAL);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
