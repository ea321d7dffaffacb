import { isNativeError } from 'node:util/types';
import { ApplicationFailure } from '@temporalio/common';
import { WorkflowNotFoundError, WorkflowUpdateFailedError, type Client } from '@temporalio/client';
import type { Decision } from '../contract/decision';
import { DECIDE_UPDATE } from '../contract/names';
import { DecisionRefusedError, NoWorkerError } from './errors';
import { executeUpdate } from './execute-update';
import { isGrpcStatus } from './grpc-status';

/** A look at the provider takes 20 s at most, and may be tried again. */
const DECISION_TIMEOUT_MS = 150_000;

/** Sends the update, and gives a refusal in the words of the workflow. */
export async function sendDecision(client: Client, id: string, decision: Decision): Promise<void> {
  try {
    await executeUpdate(client, id, {
      name: DECIDE_UPDATE,
      argument: decision,
      timeoutMs: DECISION_TIMEOUT_MS,
    });
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw await notRunning(client, id, error);
    if (error instanceof WorkflowUpdateFailedError) throw new DecisionRefusedError(reasonOf(error));
    if (isGrpcStatus(error, 'DEADLINE_EXCEEDED')) throw new NoWorkerError(id);
    throw error;
  }
}

/** The server says the same of an id that it never knew and of a run that has ended. */
async function notRunning(client: Client, id: string, error: WorkflowNotFoundError): Promise<Error> {
  const isKnown = await client.workflow
    .getHandle(id)
    .describe()
    .then(
      () => true,
      () => false,
    );
  return isKnown ? new DecisionRefusedError(`The training ${id} has ended and needs no decision`) : error;
}

/** The sentence stands at the end of the chain: an activity that refuses is wrapped once more. */
function reasonOf({ cause }: WorkflowUpdateFailedError): string {
  let deepest: Error | undefined = cause;
  // Not by `instanceof`: in a test the errors of the SDK come from another realm.
  while (isNativeError(deepest?.cause)) deepest = deepest.cause;
  if (cause instanceof ApplicationFailure && cause.cause === undefined) return cause.message;
  return deepest?.message ?? 'the decision was refused';
}
