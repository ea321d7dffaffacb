import { getClient } from '@temporalio/activity';
import { accountWorkflowId, type AccountOrder, type AccountWord } from '../contract/account';
import { ACCOUNT_SIGNAL, ACCOUNT_WORKFLOW, TRAINING_TASK_QUEUE } from '../contract/names';

/** Tells an account something, and starts its workflow where it does not run. */
export function tellAccount() {
  return async ({ order, word }: { order: AccountOrder; word: AccountWord }): Promise<void> => {
    await getClient().workflow.signalWithStart(ACCOUNT_WORKFLOW, {
      workflowId: accountWorkflowId(order.provider, order.account),
      taskQueue: TRAINING_TASK_QUEUE,
      args: [order],
      signal: ACCOUNT_SIGNAL,
      signalArgs: [word],
      staticSummary: `the gate of ${order.provider} (${order.account})`,
    });
  };
}
