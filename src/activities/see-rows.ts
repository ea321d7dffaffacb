import { getClient, heartbeat } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/client';
import { NoResultError } from '../client/errors';
import { readResult } from '../client/read-result';
import type { RowState, RowWord } from '../contract/batch';
import { ACTIVE_STATES } from '../contract/state';
import { defineSearchAttributeKey } from '@temporalio/common';

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const creditsKey = defineSearchAttributeKey('DarkroomCredits', 'INT');

/** How it is with trainings of a batch, as Temporal has them. One that there is not has never begun: it waits. */
export function seeRows() {
  return async (rows: readonly { row: number; id: string }[]): Promise<RowWord[]> => {
    const words: RowWord[] = [];
    for (const { row, id } of rows) {
      heartbeat();
      words.push({ row, ...(await seen(id)) });
    }
    return words;
  };
}

async function seen(id: string): Promise<Omit<RowWord, 'row'>> {
  const client = getClient();
  try {
    const { status, typedSearchAttributes } = await client.workflow.getHandle(id).describe();
    const creditsSpent = typedSearchAttributes.get(creditsKey) ?? 0;
    if (status.name === 'RUNNING' || status.name === 'CONTINUED_AS_NEW')
      return { state: activeState(typedSearchAttributes.get(stateKey)), creditsSpent };
    const { state, credits } = await readResult(client, id);
    return { state, creditsSpent: credits.spent };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { state: 'waiting', creditsSpent: 0 };
    if (error instanceof NoResultError) return { state: 'terminated', creditsSpent: 0 };
    throw error;
  }
}

function activeState(word: string | undefined): RowState {
  return ACTIVE_STATES.find((state) => state === word) ?? 'normalizing';
}
