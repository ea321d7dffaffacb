import { ScheduleNotFoundError as NotFound, type Client, type ScheduleDescription } from '@temporalio/client';
import { TRAIN_BATCH_WORKFLOW } from '../contract/names';
import { errorMessage } from '../error-facts';
import { ScheduleInputError } from '../schedules/schedule-input-error';
import { ScheduleNotFoundError } from './errors';
import { isGrpcStatus } from './grpc-status';

/** Ids of Temporal have no more; ours have 64, and others may have made one. */
const LONGEST_NAME = 1000;

/** Somebody else's schedule in the same namespace is none of ours to change. @throws ScheduleNotFoundError */
export async function ofOurs(client: Client, name: string): Promise<ScheduleDescription> {
  // Temporal says of an empty name that the request is wrong.
  if (name === '' || name.length > LONGEST_NAME) throw new ScheduleNotFoundError(name);
  const described = await found(name, client.schedule.getHandle(name).describe());
  if (described.action.workflowType === TRAIN_BATCH_WORKFLOW) return described;
  throw new ScheduleNotFoundError(name);
}

export async function found<T>(name: string, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isMissing = error instanceof NotFound || isGrpcStatus(error, 'NOT_FOUND');
    throw isMissing ? new ScheduleNotFoundError(name) : error;
  }
}

/** What only the server knows to be wrong, such as a time zone that its tables do not have. */
export async function refused<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const isOurs = isGrpcStatus(error, 'INVALID_ARGUMENT') || error instanceof TypeError;
    throw isOurs
      ? new ScheduleInputError(
          `Temporal does not take this schedule: ${errorMessage(error)}; nothing was changed`,
        )
      : error;
  }
}

/** So many starts wait for the end of the batch that runs. */
export function waiting({ info }: ScheduleDescription['raw']): number {
  return info?.bufferSize?.toNumber() ?? 0;
}
