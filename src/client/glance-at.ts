import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import { listed, prepared, type ListedTraining } from './list-trainings';

/** Ids of a query: a longer one is refused. */
const IDS_A_QUERY = 50;

/** What the list says of these: a call for fifty of them, and no work for any worker. Ids are checked by the caller. */
export async function glanceAt(client: Client, ids: readonly string[]): Promise<ListedTraining[]> {
  const found: ListedTraining[] = [];
  for await (const execution of executionsOf(client, ids)) found.push(listed(execution));
  return newestOfEach(found);
}

/** All that is known of these, also runs before the newest of an id. Ids are checked by the caller. */
export async function* executionsOf(
  client: Client,
  ids: readonly string[],
): AsyncGenerator<WorkflowExecutionInfo> {
  for (let from = 0; from < ids.length; from += IDS_A_QUERY) {
    const some = ids.slice(from, from + IDS_A_QUERY).map((id) => `'${id}'`);
    const query = `WorkflowType = '${TRAIN_PERSON_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew' AND WorkflowId IN (${some.join(', ')})`;
    const found: WorkflowExecutionInfo[] = [];
    await prepared(client, async () => {
      for await (const execution of client.workflow.list({ query })) found.push(execution);
    });
    yield* found;
  }
}

/** An id that was started over, or adopted, stands for its newest run. */
function newestOfEach(rows: readonly ListedTraining[]): ListedTraining[] {
  const newest = new Map<string, ListedTraining>();
  for (const row of rows) {
    const other = newest.get(row.id);
    if (other === undefined || other.startedAt < row.startedAt) newest.set(row.id, row);
  }
  return [...newest.values()];
}
