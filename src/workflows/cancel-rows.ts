import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { BatchRun } from './batch-run';

/** Temporal takes 2,000 that are not answered yet. */
const TOGETHER = 200;

/** Asks all rows that are under way to end, if they were not asked already. One that has ended meanwhile says so itself. */
export function cancelRows({ progress, toldToEnd }: BatchRun): Promise<void> {
  return cancelTrainings(Object.values(progress.ids).filter((id) => !toldToEnd.has(id)));
}

/** The same at once, whatever the batch waits for. One that is being started cannot be asked yet. */
export function cancelStarted({ progress, starting, toldToEnd }: BatchRun): Promise<void> {
  const started = Object.entries(progress.ids).filter(([row]) => !starting.has(Number(row)));
  for (const [, id] of started) toldToEnd.add(id);
  return cancelTrainings(started.map(([, id]) => id));
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
