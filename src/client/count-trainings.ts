import type { Client } from '@temporalio/client';
import { PROVIDERS } from '../contract/names';
import type { ProviderName } from '../contract/request';
import { ACTIVE_STATES, type ActiveState } from '../contract/state';
import { listQuery, prepared } from './list-trainings';

export interface TrainingCount {
  provider: ProviderName;
  state: ActiveState;
  count: number;
}

/** How many trainings are in each state now, the ends apart. One call for each provider and state: they are counted, not listed. */
export async function countTrainings(client: Client): Promise<TrainingCount[]> {
  const kinds = PROVIDERS.flatMap((provider) => ACTIVE_STATES.map((state) => ({ provider, state })));
  return prepared(client, () =>
    allOf(
      kinds.map(async ({ provider, state }) => {
        const query = `${listQuery({ provider, state, subject: null })} AND ExecutionStatus = 'Running'`;
        return { provider, state, count: (await client.workflow.count(query)).count };
      }),
    ),
  );
}

/** Waits for all of them also where one fails: a call that goes on after the connection was closed fails where nobody can catch it. */
async function allOf<T>(answers: readonly Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(answers);
  return Promise.all(answers);
}
