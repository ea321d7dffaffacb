import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { accountWorkflowId, type AccountOrder } from '../contract/account';

/** Whether the workflow of an account runs, whoever works on it. */
export async function isGateThere(client: Client, { provider, account }: AccountOrder): Promise<boolean> {
  try {
    const { status } = await client.workflow.getHandle(accountWorkflowId(provider, account)).describe();
    return status.name === 'RUNNING';
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
