import {
  QueryNotRegisteredError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import type { BatchOrder, BatchStatus, Steering } from '../contract/batch';
import { BATCH_QUERY, STEER_UPDATE, TRAINING_TASK_QUEUE, TRAIN_BATCH_WORKFLOW } from '../contract/names';
import type { trainBatch } from '../workflows';
import { BatchNotFoundError, NoWorkerError, SteeringRefusedError } from './errors';
import { isGrpcStatus } from './grpc-status';

/** A worker answers within milliseconds; without one, Temporal would hold the call for a long time. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Starts a batch, or joins the one that runs under the id; one that is over runs again, and joins what it has trained. */
export async function startBatch(
  client: Client,
  id: string,
  order: BatchOrder,
): Promise<'started' | 'joined'> {
  try {
    await client.workflow.start<typeof trainBatch>(TRAIN_BATCH_WORKFLOW, {
      workflowId: id,
      taskQueue: TRAINING_TASK_QUEUE,
      args: [order],
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `${order.rows} trainings, ${order.inFlight} at once`,
    });
    return 'started';
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return 'joined';
    throw error;
  }
}

/** @throws BatchNotFoundError · NoWorkerError */
export function readBatch(client: Client, id: string): Promise<BatchStatus> {
  return answered(client, id, () => client.workflow.getHandle(id).query<BatchStatus>(BATCH_QUERY));
}

/** @throws BatchNotFoundError · NoWorkerError · SteeringRefusedError */
export async function steerBatch(client: Client, id: string, steering: Steering): Promise<BatchStatus> {
  const handle = client.workflow.getHandle(id);
  try {
    const args: [Steering] = [steering];
    return await answered(client, id, () =>
      handle.executeUpdate<BatchStatus, [Steering]>(STEER_UPDATE, { args }),
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError)
      throw new SteeringRefusedError(error.cause?.message ?? 'it was refused');
    // The server says the same of an id that it never knew and of a run that has ended.
    if (!(error instanceof BatchNotFoundError)) throw error;
    const { line } = await readBatch(client, id);
    throw new SteeringRefusedError(`The batch ${id} is over: ${line}`);
  }
}

async function answered<T>(client: Client, id: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await client.withDeadline(Date.now() + ANSWER_TIMEOUT_MS, ask);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof QueryNotRegisteredError)
      throw new BatchNotFoundError(id);
    if (isGrpcStatus(error, 'DEADLINE_EXCEEDED') || isGrpcStatus(error, 'FAILED_PRECONDITION'))
      throw new NoWorkerError(id);
    throw error;
  }
}
