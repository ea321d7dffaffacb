import { rowsFailed } from '../failures';
import { statusOfBatch, type BatchRun } from './batch-run';

/**
 * A schedule pauses where a workflow has failed, and where none has it does not. Who cancels a batch knows that not every row
 * succeeds, so that is no failure.
 */
export function assertRowsSucceeded(batch: BatchRun): void {
  const { order, progress, id } = batch;
  if (order.failsWithRows !== true || progress.isCanceled) return;
  const status = statusOfBatch(batch);
  const left = status.rows - (status.states.succeeded ?? 0);
  if (left === 0) return;
  throw rowsFailed(
    `${left} of ${status.rows} rows did not succeed; darkroom batch show ${id} says how they ended`,
    status,
  );
}
