import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchOrder, BatchStatus } from '../contract/batch';
import { isOver, rowsToStart, type BatchProgress } from './batch-rows';
import { beginBatch, statusOfBatch, type BatchRun } from './batch-run';
import { cancelRows } from './cancel-rows';
import { lookAtRows } from './look-at-rows';
import { startRows } from './start-rows';

/** A row whose word was lost, because somebody terminated it or the batch, is heard of this late. */
const LOOK_EVERY = '10m';

/**
 * Trains every row of a manifest, so many at a time. Each is a training of its own that goes on whatever becomes of this
 * workflow; what it tells is told to this workflow's id, so a history that starts over loses none.
 *
 * @param carried only for continue-as-new: how far the batch is
 */
export async function trainBatch(order: BatchOrder, carried?: BatchProgress): Promise<BatchStatus> {
  const batch = beginBatch(order, carried);
  while (!isOver(batch.progress)) {
    try {
      await goOn(batch);
    } catch (error) {
      if (!isCancellation(error)) throw error;
      batch.progress.isCanceled = true;
    }
    if (batch.progress.isCanceled) await CancellationScope.nonCancellable(() => endRows(batch));
    await handOverIfSuggested(batch);
  }
  // Also of one that was canceled: how its rows have ended is what somebody wants to know.
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  return statusOfBatch(batch);
}

async function goOn(batch: BatchRun): Promise<void> {
  const due = rowsToStart(batch.progress, batch.order);
  if (due.length > 0) {
    await CancellationScope.nonCancellable(() => startRows(batch, due));
    return;
  }
  const isHeard = await somethingNew(batch);
  if (!isHeard) await lookAtRows(batch);
}

/** They go on to their ends, which take as long as a call that is under way. */
async function endRows(batch: BatchRun): Promise<void> {
  await cancelRows(batch);
  while (!isOver(batch.progress)) if (!(await somethingNew(batch))) await lookAtRows(batch);
}

function somethingNew(batch: BatchRun): Promise<boolean> {
  const before = batch.words;
  return condition(() => batch.words !== before, LOOK_EVERY, {
    summary: 'a word of a row, or a look at all',
  });
}

async function handOverIfSuggested({ order, progress }: BatchRun): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested || isOver(progress)) return;
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  await continueAsNew<typeof trainBatch>(order, progress);
}
