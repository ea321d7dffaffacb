import { CancellationScope, getExternalWorkflowHandle, log } from '@temporalio/workflow';
import { ROW_ENDS, type RowState, type RowWord } from '../contract/batch';
import { ROW_SIGNAL } from '../contract/names';
import { creditsRepeated, mayHaveSpent } from './credits';
import type { TrainingRun } from './training-run';

/** Where the training is a row of a batch: how it goes. The batch may be gone, and nothing here depends on it. */
export async function tellBatch(run: TrainingRun, state: RowState = run.progress.state): Promise<void> {
  const { progress } = run;
  const { batch } = progress;
  if (batch === null) return;
  const word: RowWord = {
    row: batch.row,
    id: run.id,
    state,
    creditsSpent: progress.credits.spent,
    // While it is under way, its batch counts the price of the training as a whole.
    mayHaveSpent: ROW_ENDS.includes(state) ? mayHaveSpent(progress) : creditsRepeated(progress),
  };
  await CancellationScope.nonCancellable(async () => {
    try {
      await getExternalWorkflowHandle(batch.id).signal(ROW_SIGNAL, word);
    } catch (error) {
      log.info('its batch hears no more', { batch: batch.id, error: String(error) });
    }
  });
}
