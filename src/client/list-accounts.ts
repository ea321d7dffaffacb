import type { Client } from '@temporalio/client';
import { accountOfWorkflow } from '../contract/account';
import { ACCOUNT_WORKFLOW } from '../contract/names';
import type { ProviderName } from '../contract/request';

/** An account with limits that trainings have asked for a place. */
export interface ListedAccount {
  /** Of the workflow that is its gate. */
  id: string;
  provider: ProviderName;
  account: string;
}

const QUERY = `WorkflowType = '${ACCOUNT_WORKFLOW}' AND ExecutionStatus = 'Running'`;

/** By provider and name. */
export async function listAccounts(client: Client): Promise<ListedAccount[]> {
  // By id: one whose history has just started over is listed twice for a moment.
  const accounts = new Map<string, ListedAccount>();
  for await (const { workflowId: id } of client.workflow.list({ query: QUERY, pageSize: 200 })) {
    const known = accountOfWorkflow(id);
    if (known !== null) accounts.set(id, { id, ...known });
  }
  return [...accounts.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'));
}
