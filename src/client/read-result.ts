import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { WorkflowFailedError, type Client } from '@temporalio/client';
import type { TrainResult } from '../contract/result';
import { trainResultSchema } from '../contract/result-schema';
import { isEndState } from '../contract/state';
import { NoResultError } from './errors';
import { readStatus } from './read-status';

/** Waits for the end of a training, however it ends, and gives its result. With a run id, of that run alone. */
export async function readResult(client: Client, id: string, runId?: string): Promise<TrainResult> {
  try {
    const handle = client.workflow.getHandle(id, runId, { followRuns: runId === undefined });
    return trainResultSchema.parse(await handle.result());
  } catch (error) {
    if (!(error instanceof WorkflowFailedError)) throw error;
    return resultInFailure(client, { id, runId }, error);
  }
}

async function resultInFailure(
  client: Client,
  { id, runId }: { id: string; runId: string | undefined },
  { cause }: WorkflowFailedError,
): Promise<TrainResult> {
  if (cause instanceof ApplicationFailure) {
    const result = trainResultSchema.safeParse(cause.details?.[0]);
    if (result.success) return result.data;
  }
  // A canceled workflow carries no details, so its last status is asked for.
  if (cause instanceof CancelledFailure) return resultOfCanceled(client, id, runId);
  throw new NoResultError(id, cause);
}

async function resultOfCanceled(client: Client, id: string, runId: string | undefined): Promise<TrainResult> {
  // The id may belong to a newer run by now, which has cost something else.
  const status = await readStatus(client, id, runId);
  if (!isEndState(status.state))
    throw new NoResultError(id, new Error(`it was canceled while ${status.state}`));
  return trainResultSchema.strip().parse(status);
}
