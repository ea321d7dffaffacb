import type { Client, WorkflowExecutionInfo } from '@temporalio/client';
import { TRAIN_BATCH_WORKFLOW } from '../contract/names';
import { pageOf } from './page-of-trainings';

export interface ListedBatch {
  id: string;
  /** `stopped`: it has failed, or an operator has terminated it; what it has started goes on. */
  is: 'running' | 'over' | 'stopped';
  startedAt: Date;
  endedAt: Date | null;
}

export interface BatchPage {
  batches: ListedBatch[];
  /** For the page that follows; null where there is none. */
  cursor: string | null;
}

const QUERY = `WorkflowType = '${TRAIN_BATCH_WORKFLOW}' AND ExecutionStatus != 'ContinuedAsNew'`;

/** One page of the batches, newest first. @throws CursorError */
export async function pageOfBatches(
  client: Client,
  { limit, cursor }: { limit: number; cursor: string | null },
): Promise<BatchPage> {
  const page = await pageOf(client, { query: QUERY, limit, cursor });
  return { batches: newestOfEach(page.infos.map(listedBatch)), cursor: page.cursor };
}

function listedBatch({
  workflowId,
  status,
  startTime,
  closeTime,
}: Omit<WorkflowExecutionInfo, 'raw'>): ListedBatch {
  const is = status.name === 'RUNNING' ? 'running' : status.name === 'COMPLETED' ? 'over' : 'stopped';
  return { id: workflowId, is, startedAt: startTime, endedAt: closeTime ?? null };
}

/** One that was run again has a run for each time, and its id stands for the newest. */
function newestOfEach(batches: readonly ListedBatch[]): ListedBatch[] {
  return batches.filter(
    ({ id, startedAt }) => !batches.some((other) => other.id === id && other.startedAt > startedAt),
  );
}
