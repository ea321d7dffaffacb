import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowStartOptions,
} from '@temporalio/client';
import { TRAINING_TASK_QUEUE, TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { TrainRequest } from '../contract/request';
import { requestFingerprint } from '../training-id';
import type { trainPerson } from '../workflows';
import { endedFree } from './ended-free';
import { IdTakenError } from './errors';

export interface StartedTraining {
  id: string;
  /** `joined`: the id was known already, and nothing new was started. */
  how: 'started' | 'joined';
}

/**
 * Starts a training under its id, or joins the one that has it. One that ended without any charge, for example with
 * a wrong key, starts over; one that was or may have been charged never does.
 */
export async function startTraining(
  client: Client,
  id: string,
  request: TrainRequest,
): Promise<StartedTraining> {
  try {
    await startRun(client, id, request, {
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
    });
    return { id, how: 'started' };
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
  const standing = await endedFree(client, id, requestFingerprint(request));
  if (standing.is === 'another') throw new IdTakenError(id);
  if (standing.is === 'kept') return { id, how: 'joined' };
  try {
    const again = {
      workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
      workflowIdConflictPolicy: 'FAIL',
    } as const;
    await startRun(client, id, request, again);
    return { id, how: 'started' };
  } catch (error) {
    // Two callers may come this far at once; the second one joins the run that the first has started.
    if (error instanceof WorkflowExecutionAlreadyStartedError) return { id, how: 'joined' };
    throw error;
  }
}

/** Starts the workflow; what happens where the id is known already is the caller's choice. */
export async function startRun(
  client: Client,
  id: string,
  request: TrainRequest,
  policies: Pick<WorkflowStartOptions, 'workflowIdReusePolicy' | 'workflowIdConflictPolicy'>,
): Promise<void> {
  await client.workflow.start<typeof trainPerson>(TRAIN_PERSON_WORKFLOW, {
    ...policies,
    workflowId: id,
    taskQueue: TRAINING_TASK_QUEUE,
    args: [request],
    staticSummary: `${request.subject} · ${request.provider} · ${request.photos.length} photos`,
    memo: { fingerprint: requestFingerprint(request) },
  });
}
