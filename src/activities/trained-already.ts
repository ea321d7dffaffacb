import { getClient } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { TrainRequest } from '../contract/request';
import type { Storage } from '../storage/port';
import { submissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import { trainingWorkflowId } from '../training-id';
import { folderIds } from './folder-ids';

/**
 * Whether the person of a folder has a training. Temporal forgets those that have ended, and a photo more in a folder is
 * another training by its id: both would be paid again, night by night. So the store is asked as well, which keeps for each
 * subject what its folder has been trained as, and what was sent to a provider.
 */
export function trainedAlready(storage: Storage) {
  const ofFolder = folderIds(storage);
  const journal = submissionJournal(storage);
  return async (request: TrainRequest): Promise<boolean> => {
    const id = trainingWorkflowId(request);
    if (await isKnown(id)) return true;
    const others = await ofFolder.of(request);
    for (const one of new Set([id, ...others])) {
      if ((await onRecord(journal, one)).is === 'sent') return true;
      if (one !== id && (await isRunning(one))) return true;
    }
    return (await trainedOtherwise(request, others)) !== null;
  };
}

/** Also one that has failed: the same photos would fail again. */
function isKnown(id: string): Promise<boolean> {
  return statusOf(id).then((status) => status !== null);
}

function isRunning(id: string): Promise<boolean> {
  return statusOf(id).then((status) => status === 'RUNNING');
}

async function statusOf(id: string): Promise<string | null> {
  try {
    return (await getClient().workflow.getHandle(id).describe()).status.name;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}

/**
 * A training of the person by hand, or of a manifest, that runs or has succeeded. Which generation that was, lists do not say: who
 * asks for a second one wants it anyway.
 *
 * @param ofFolder the ids of the folder itself
 */
export async function trainedOtherwise(
  { subject, provider, generation = 1 }: TrainRequest,
  ofFolder: readonly string[],
): Promise<string | null> {
  if (generation > 1) return null;
  const query = [
    `WorkflowType = '${TRAIN_PERSON_WORKFLOW}'`,
    `DarkroomSubject = '${subject}'`,
    `DarkroomProvider = '${provider}'`,
    "(ExecutionStatus = 'Running' OR DarkroomState = 'succeeded')",
  ].join(' AND ');
  for await (const { workflowId } of getClient().workflow.list({ query }))
    if (!ofFolder.includes(workflowId)) return workflowId;
  return null;
}
