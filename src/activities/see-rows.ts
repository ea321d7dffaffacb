import { getClient, heartbeat, log } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import { NoResultError } from '../client/errors';
import { readResult } from '../client/read-result';
import { ROW_STATES, type RowState, type RowWord } from '../contract/batch';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { errorMessage } from '../error-facts';

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const creditsKey = defineSearchAttributeKey('DarkroomCredits', 'INT');

/** How it is with trainings of a batch, as Temporal has them. Of one that cannot be read nothing is said; it holds up no other. */
export function seeRows() {
  return async (rows: readonly { row: number; id: string }[]): Promise<RowWord[]> => {
    const words: RowWord[] = [];
    for (const { row, id } of rows) {
      heartbeat();
      try {
        words.push({ row, ...(await seen(id)) });
      } catch (error) {
        log.warn('a row of a batch cannot be looked at', { id, error: errorMessage(error) });
      }
    }
    return words;
  };
}

/** One that is known no more counts as terminated: to start it again might be to pay again. */
async function seen(id: string): Promise<Omit<RowWord, 'row'>> {
  const client = getClient();
  let creditsSpent = 0;
  try {
    const { status, type, typedSearchAttributes } = await client.workflow.getHandle(id).describe();
    if (type !== TRAIN_PERSON_WORKFLOW) throw new Error(`${id} is no training, but a ${type}`);
    creditsSpent = typedSearchAttributes.get(creditsKey) ?? 0;
    if (status.name === 'RUNNING')
      return { state: stateNamed(typedSearchAttributes.get(stateKey)), creditsSpent };
    const { state, credits } = await readResult(client, id);
    return { state, creditsSpent: credits.spent };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof NoResultError)
      return { state: 'terminated', creditsSpent };
    throw error;
  }
}

function stateNamed(word: string | undefined): RowState {
  return ROW_STATES.find((state) => state === word) ?? 'normalizing';
}
