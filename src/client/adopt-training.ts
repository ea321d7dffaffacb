import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import type { TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { describeSettled } from './describe-settled';
import { NotAdoptableError } from './errors';
import { requestOf } from './request-of';
import { startRun, type StartedTraining } from './start-training';

/**
 * Starts the workflow once more under its id, with the request of the run that ended and the training to wait for. The
 * workflow itself looks at the training before it adopts it.
 */
export async function adoptTraining(
  client: Client,
  id: string,
  trainingId: string,
): Promise<StartedTraining> {
  const { status } = await describeSettled(client, id);
  if (status.name === 'RUNNING')
    throw new NotAdoptableError(
      `${id} is running; if it needs a decision, type darkroom decide ${id} adopt ${trainingId}`,
    );
  if (status.name === 'COMPLETED')
    throw new NotAdoptableError(`${id} has succeeded; darkroom show ${id} names its training`);
  const request = { ...(await readableRequest(client, id)), adopt: trainingId };
  try {
    await startRun(client, id, request, {
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'FAIL',
    });
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError)
      throw new NotAdoptableError(`${id} was started again meanwhile; look at it with darkroom show ${id}`);
    throw error;
  }
  return { id, how: 'started' };
}

/** Of the run that ended. */
async function readableRequest(client: Client, id: string): Promise<TrainRequest> {
  const request = trainRequestSchema.safeParse(await requestOf(client, id));
  if (request.success) return request.data;
  throw new NotAdoptableError(
    `The request of ${id} cannot be read any more; start the same request again with its id: the record of its submission brings the training back`,
  );
}
