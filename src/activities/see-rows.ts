import { activityInfo, getClient, heartbeat, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { NoResultError } from '../client/errors';
import { listed } from '../client/list-trainings';
import { readResult } from '../client/read-result';
import type { RowWord } from '../contract/batch';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { errorMessage } from '../error-facts';

/** How it is with trainings of a batch, as Temporal has them. Of one that cannot be read nothing is said; it holds up no other. */
export function seeRows() {
  return async (rows: readonly { row: number; id: string }[]): Promise<RowWord[]> => {
    const batch = activityInfo().workflowExecution?.workflowId;
    const words: RowWord[] = [];
    for (const { row, id } of rows) {
      heartbeat();
      try {
        words.push({ row, ...(await seen(id, batch)) });
      } catch (error) {
        log.warn('a row of a batch cannot be looked at', { id, error: errorMessage(error) });
      }
    }
    return words;
  };
}

/** One that is known no more counts as terminated: to start it again might be to pay again. */
async function seen(id: string, batch: string | undefined): Promise<Omit<RowWord, 'row'>> {
  const client = getClient();
  let creditsSpent = 0;
  let isJoined = false;
  try {
    const described = await client.workflow.getHandle(id).describe();
    if (described.type !== TRAIN_PERSON_WORKFLOW)
      throw new Error(`${id} is no training, but a ${described.type}`);
    const row = listed(described);
    creditsSpent = row.creditsSpent;
    isJoined = described.parentExecution?.workflowId !== batch;
    // One that has just begun has told the lists nothing yet.
    if (described.status.name === 'RUNNING')
      return { state: row.state === 'unknown' ? 'normalizing' : row.state, creditsSpent, isJoined };
    const { state, credits } = await readResult(client, id, described.runId);
    return { state, creditsSpent: credits.spent, mayHaveSpent: credits.reserved, isJoined };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof NoResultError)
      return { state: 'terminated', creditsSpent, isJoined };
    throw error;
  }
}
