import { WorkflowNotFoundError, type WorkflowHandle } from '@temporalio/client';

/**
 * Ends what a test has left. Temporal's list names an execution as running for a while after its end, and one that
 * was described as running may end before the next call.
 */
export async function endIfRunning(handle: WorkflowHandle): Promise<void> {
  await handle.terminate('end of the test').catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
}
