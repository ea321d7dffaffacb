import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { BatchRun } from './batch-run';

/** Temporal takes 2,000 that are not answered yet. */
const TOGETHER = 200;

/** Asks all rows that are under way to end, each once. One that has ended meanwhile says so itself. */
export function cancelRows({ progress, starting, toldToEnd }: BatchRun): Promise<void> {
  const ids = Object.entries(progress.ids)
    // One that is being started cannot be asked yet.
    .filter(([row, id]) => !starting.has(Number(row)) && !toldToEnd.has(id))
    .map(([, id]) => id);
  for (const id of ids) toldToEnd.add(id);
  return cancelTrainings(ids);
}

export async function cancelTrainings(ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += TOGETHER)
    await Promise.all(ids.slice(from, from + TOGETHER).map(cancelRow));
}

async function cancelRow(id: string): Promise<void> {
  try {
    await getExternalWorkflowHandle(id).cancel();
  } catch (error) {
    log.info('a row could not be canceled', { id, error: String(error) });
  }
}
