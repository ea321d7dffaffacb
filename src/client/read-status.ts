import {
  QueryNotRegisteredError,
  WorkflowNotFoundError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { STATUS_QUERY } from '../contract/names';
import type { TrainStatus } from '../contract/status';
import { trainStatusSchema } from '../contract/status-schema';
import { isEndState } from '../contract/state';
import { NoResultError, NoWorkerError, TrainingNotFoundError } from './errors';
import { isWithoutAnswer } from './grpc-status';
import { photoProgressIn } from './photo-progress';

/** A worker answers a query within milliseconds; without one, Temporal would hold it for a long time. */
const QUERY_TIMEOUT_MS = 10_000;

/** Asks the workflow itself, running or closed. A worker must run; the answer is as of now. With a run id, of that run alone. */
export async function readStatus(client: Client, id: string, runId?: string): Promise<TrainStatus> {
  const handle = client.workflow.getHandle(id, runId);
  try {
    const answer = await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () =>
      handle.query<unknown>(STATUS_QUERY),
    );
    const status = trainStatusSchema.strip().parse(answer);
    if (isEndState(status.state)) return status;
    const described = await handle.describe();
    assertNotTerminated(described, id);
    return status.state === 'normalizing' ? withPhotosDone(status, described) : status;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) throw new TrainingNotFoundError(id);
    if (error instanceof QueryNotRegisteredError) throw new TrainingNotFoundError(id);
    if (isWithoutAnswer(error)) throw new NoWorkerError(id);
    throw error;
  }
}

/** A run that an operator has terminated still answers with the state in which it was stopped. */
function assertNotTerminated({ status }: WorkflowExecutionDescription, id: string): void {
  if (status.name !== 'TERMINATED' && status.name !== 'TIMED_OUT') return;
  throw new NoResultError(
    id,
    new Error('somebody terminated it in Temporal, and what was started at the provider runs on'),
  );
}

/** The workflow hears of its photos when all are done; until then the heartbeat knows how far they are. */
function withPhotosDone(status: TrainStatus, described: WorkflowExecutionDescription): TrainStatus {
  const progress = photoProgressIn(described);
  if (progress === null) return status;
  const { done, total } = progress;
  return { ...status, photosDone: done, line: `${status.line} · ${done} of ${total} done` };
}
