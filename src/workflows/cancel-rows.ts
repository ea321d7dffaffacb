import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { rowTrainingId } from '../contract/batch';
import { underWay } from './batch-rows';
import type { BatchRun } from './batch-run';

/** Asks all rows that are under way to end. One that has ended meanwhile says so itself. */
export async function cancelRows(batch: BatchRun): Promise<void> {
  await Promise.all(
    underWay(batch.progress).map(async (index) => {
      const id = rowTrainingId(batch.id, index + 1);
      try {
        await getExternalWorkflowHandle(id).cancel();
      } catch (error) {
        log.info('a row could not be canceled', { id, error: String(error) });
      }
    }),
  );
}
