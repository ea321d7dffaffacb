import {
  QueryNotRegisteredError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import type { BatchOrder, BatchStatus, Steering } from '../contract/batch';
import { BATCH_QUERY, STEER_UPDATE, TRAINING_TASK_QUEUE, TRAIN_BATCH_WORKFLOW } from '../contract/names';
import type { trainBatch } from '../workflows';
import {
  BatchNotFoundError,
  BatchRunsError,
  BatchStoppedError,
  IdTakenError,
  NoWorkerError,
  SteeringRefusedError,
} from './errors';
import { executeUpdate } from './execute-update';
import { isWithoutAnswer } from './grpc-status';
import { isStopped } from './is-stopped';
import { statusInFailure, whyFailed } from './rows-failed';

/** A worker answers within milliseconds; without one, Temporal would hold the call for a long time. */
const ANSWER_TIMEOUT_MS = 10_000;

/** Starts a batch, or joins the one that runs under the id; one that is over runs again, and joins what it has trained. */
export async function startBatch(
  client: Client,
  id: string,
  order: BatchOrder,
): Promise<'started' | 'joined'> {
  await assertNoTraining(client, id);
  try {
    await startAgain(client, id, order);
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const { memo } = await client.workflow.getHandle(id).describe();
  if (memo?.['manifest'] !== order.manifest) throw new BatchRunsError(id);
  return 'joined';
}

/** One that has ended leaves its id free in Temporal, and whoever asks for it would find a batch there. @throws IdTakenError */
async function assertNoTraining(client: Client, id: string): Promise<void> {
  try {
    const { type } = await client.workflow.getHandle(id).describe();
    if (type !== TRAIN_BATCH_WORKFLOW) throw new IdTakenError(id);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}

/** @throws WorkflowExecutionAlreadyStartedError where the batch runs */
export async function startAgain(client: Client, id: string, order: BatchOrder): Promise<void> {
  await client.workflow.start<typeof trainBatch>(TRAIN_BATCH_WORKFLOW, {
    workflowId: id,
    taskQueue: TRAINING_TASK_QUEUE,
    args: [order],
    workflowIdConflictPolicy: 'FAIL',
    staticSummary: `${order.rows} trainings, ${order.inFlight} at once`,
    memo: { manifest: order.manifest },
  });
}

/** @throws BatchNotFoundError · NoWorkerError · BatchStoppedError */
export function readBatch(client: Client, id: string): Promise<BatchStatus> {
  const handle = client.workflow.getHandle(id);
  return answered(client, id, async () => {
    const status = await statusOfOurs(handle);
    // Of one that is over no worker has to be asked.
    if (status.name === 'COMPLETED') return (await handle.result()) as BatchStatus;
    if (isStopped(status)) return statusAtStop(id, await whyStopped(handle));
    return handle.query<BatchStatus>(BATCH_QUERY);
  });
}

/** The newest run, and whether it goes on. @throws BatchNotFoundError */
export async function runOfBatch(client: Client, id: string): Promise<{ isRunning: boolean; runId: string }> {
  const described = await answered(client, id, () => client.workflow.getHandle(id).describe());
  return { isRunning: described.status.name === 'RUNNING', runId: described.runId };
}

/** The answer of a batch to a query. @throws BatchNotFoundError · NoWorkerError · BatchStoppedError */
export function askBatch<T>(client: Client, id: string, query: string): Promise<T> {
  const handle = client.workflow.getHandle(id);
  return answered(client, id, async () => {
    const status = await statusOfOurs(handle);
    // It would answer for ever with how it was when it stopped, or not at all where that was before its first step.
    if (isStopped(status)) statusAtStop(id, await whyStopped(handle));
    return handle.query<T>(query);
  });
}

/** @throws BatchNotFoundError where the id belongs to something else */
async function statusOfOurs(handle: WorkflowHandle) {
  const { status, type } = await handle.describe();
  if (type !== TRAIN_BATCH_WORKFLOW) throw new BatchNotFoundError(handle.workflowId);
  return status;
}

/** One that was to succeed as a whole has come to its end all the same. @throws BatchStoppedError */
function statusAtStop(id: string, cause: unknown): BatchStatus {
  const status = statusInFailure(cause);
  if (status === null) throw new BatchStoppedError(id, cause);
  return status;
}

function whyStopped(handle: WorkflowHandle): Promise<unknown> {
  return handle.result().catch(whyFailed);
}

/** @throws BatchNotFoundError · NoWorkerError · SteeringRefusedError */
export async function steerBatch(client: Client, id: string, steering: Steering): Promise<BatchStatus> {
  const update = { name: STEER_UPDATE, argument: steering, timeoutMs: ANSWER_TIMEOUT_MS };
  try {
    return await answered(client, id, () => executeUpdate<BatchStatus>(client, id, update));
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
    if (isWithoutAnswer(error)) throw new NoWorkerError(id);
    throw error;
  }
}
