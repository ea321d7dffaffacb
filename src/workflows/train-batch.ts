import {
  ActivityFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  isCancellation,
  patched,
  workflowInfo,
} from '@temporalio/workflow';
import type { BatchOrder, BatchStatus, FolderOrder } from '../contract/batch';
import { assertPayable } from './assert-payable';
import { assertRowsSucceeded } from './assert-rows-succeeded';
import { hasBegun, isOver, rowsToStart, type BatchProgress } from './batch-rows';
import { beginBatch, nextLookAtMs, statusOfBatch, tellAll, type BatchRun } from './batch-run';
import { cancelRows } from './cancel-rows';
import { gatherRows } from './gather-rows';
import { lookAtRows } from './look-at-rows';
import { startRows } from './start-rows';
import { steerable } from './steer-batch';

/**
 * Trains every row of a manifest, so many at a time. Each is a training of its own that goes on whatever becomes of this
 * workflow; what it tells is told to this workflow's id, so a history that starts over loses none.
 *
 * @param carried only for continue-as-new: how far the batch is
 */
export async function trainBatch(
  order: BatchOrder | FolderOrder,
  carried?: BatchProgress,
): Promise<BatchStatus> {
  const batch = beginBatch(order, carried);
  steerable(batch);
  if ('everyFolder' in order) await gatherRows(batch, order);
  while (!isOver(batch.progress)) {
    // A cancel that comes while rows are started throws nowhere.
    if (CancellationScope.current().consideredCancelled) batch.progress.isCanceled = true;
    // Not by a function of its own: one more turn of promises, and what an update ends with changes places with what comes next.
    try {
      await goOn(batch);
    } catch (error) {
      takeTrouble(batch, error);
    }
    try {
      if (batch.progress.isCanceled) await CancellationScope.nonCancellable(() => endRows(batch));
    } catch (error) {
      takeTrouble(batch, error);
    }
    await handOverIfSuggested(batch);
  }
  // Also of one that was canceled: how its rows have ended is what somebody wants to know.
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  assertRowsSucceeded(batch);
  return statusOfBatch(batch);
}

async function goOn(batch: BatchRun): Promise<void> {
  if (batch.progress.trouble === '') await assertPayable(batch);
  // Said while that was asked: whoever waits for a word now would wait for the next one.
  if (batch.progress.isCanceled && patched('cancel-at-once')) return;
  const due = rowsToStart(batch.progress, batch.order);
  if (due.length > 0) {
    await CancellationScope.nonCancellable(() => startRows(batch, due));
    return;
  }
  // All that waited may have been left out, or canceled, while its means were asked for.
  if (!isOver(batch.progress)) await heardOrLooked(batch);
}

/** They go on to their ends, which take as long as a call that is under way. */
async function endRows(batch: BatchRun): Promise<void> {
  await cancelRows(batch);
  while (!isOver(batch.progress)) await heardOrLooked(batch);
}

async function heardOrLooked(batch: BatchRun): Promise<void> {
  const before = batch.words;
  const leftMs = Math.max(batch.nextLookAtMs - Date.now(), 1);
  const summary = 'a word of a row, or a look at all';
  if (await condition(() => batch.words !== before, leftMs, { summary })) return;
  await lookAtRows(batch);
  batch.nextLookAtMs = nextLookAtMs(batch);
}

/**
 * A step that was tried for long has failed for good: the store is away, or another one. Rows that are under way must be heard to
 * their ends, so a person is told, who mends it and has the batch go on.
 */
function takeTrouble(batch: BatchRun, error: unknown): void {
  const { progress } = batch;
  if (isCancellation(error)) {
    progress.isCanceled = true;
    return;
  }
  if (!(error instanceof ActivityFailure) || !hasBegun(progress) || !patched('pause-in-trouble')) throw error;
  if (progress.isCanceled) return;
  progress.isPaused = true;
  progress.trouble = error.cause?.message ?? error.message;
  tellAll(batch);
}

async function handOverIfSuggested(batch: BatchRun): Promise<void> {
  const { progress } = batch;
  if (!workflowInfo().continueAsNewSuggested || isOver(progress) || isCanceledNow(progress)) return;
  await CancellationScope.nonCancellable(() => condition(allHandlersFinished));
  // One that came meanwhile is not handed over.
  if (isCanceledNow(progress) && patched('cancel-while-handing-over')) return;
  // Its budget may be another one than this run began with.
  const onward = { ...batch.order };
  // The progress has it already.
  delete onward.retry;
  // Else a batch that starts over every few minutes would never look.
  progress.nextLookAtMs = batch.nextLookAtMs;
  await continueAsNew<typeof trainBatch>(onward, progress);
}

function isCanceledNow({ isCanceled }: BatchProgress): boolean {
  return CancellationScope.current().consideredCancelled && !isCanceled;
}
