import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, startChild, workflowInfo } from '@temporalio/workflow';
import { BATCH_MEMO, pageKey, ROW_ENDS, type BatchRow, type RowState } from '../contract/batch';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { TrainRequest } from '../contract/request';
import * as activities from './activities';
import { keepSpent } from './batch-credits';
import { isTriedAgain, stateOf } from './batch-rows';
import { hearWords, nextLookAtMs, type BatchRun } from './batch-run';
import { batchKey } from './search-attributes';
import { seeRows } from './look-at-rows';
import type { trainPerson } from './train-person';

/** Together, so that ten thousand rows take hundreds of turns; few enough that a pause is obeyed soon. */
const TOGETHER = 20;

/**
 * Starts these rows, counted from 0. What is known by its id already, of whatever manifest, is joined. Ends early where no more
 * are to be started, or the history is long.
 */
export async function startRows(batch: BatchRun, indexes: readonly number[]): Promise<void> {
  const known: number[] = [];
  for (let from = 0; from < indexes.length && mayGoOn(batch) && !isHeldUp(batch); from += TOGETHER) {
    const some = indexes.slice(from, from + TOGETHER);
    const rows: BatchRow[] = [];
    for (const index of some) rows.push(await rowAt(batch, index));
    const free = await freeRows(batch, some, rows);
    if (isHeldUp(batch)) break;
    const how = await Promise.all(
      rows.map((row, at) => startRow(batch, some[at] ?? 0, { row, isFree: free.has((some[at] ?? 0) + 1) })),
    );
    known.push(...some.filter((_, at) => how[at] === 'known'));
  }
  await seeRows(batch, known);
  if (batch.progress.hasJoined || !known.some((index) => isOpen(stateOf(batch.progress, index)))) return;
  batch.progress.hasJoined = true;
  batch.nextLookAtMs = nextLookAtMs(batch);
}

function isOpen(state: RowState): boolean {
  return !ROW_ENDS.includes(state);
}

function mayGoOn({ progress: { isPaused, isCanceled } }: BatchRun): boolean {
  return !isPaused && !isCanceled && !workflowInfo().continueAsNewSuggested;
}

/**
 * It was paused, or canceled, while this waited for what it needs. Or rows are to be tried again, or the budget is another one: then
 * what waits may be more than there is means for.
 */
function isHeldUp({ progress: { isPaused, isCanceled, means } }: BatchRun): boolean {
  return (isPaused || isCanceled || means === 'asked-again') && patched('held-up-while-starting');
}

/** Of those that are tried again, the ones that have cost nothing. Asked now, because they may have waited for hours. */
async function freeRows(
  { progress }: BatchRun,
  indexes: readonly number[],
  rows: readonly BatchRow[],
): Promise<ReadonlySet<number>> {
  const again = indexes.flatMap((index, at) => {
    const { id, fingerprint } = rows[at] ?? {};
    if (id === undefined || fingerprint === undefined || !isTriedAgain(progress, index)) return [];
    return { row: index + 1, id, fingerprint };
  });
  if (again.length === 0) return new Set();
  const summary = `${again.length} rows`;
  return new Set(await activities.findFreeRows.executeWithOptions({ summary }, [again]));
}

async function startRow(
  batch: BatchRun,
  index: number,
  { row: { id, request, fingerprint, summary }, isFree }: { row: BatchRow; isFree: boolean },
): Promise<'started' | 'known' | 'canceled'> {
  const row = index + 1;
  // Meanwhile somebody may have canceled it.
  if (stateOf(batch.progress, index) !== 'waiting') return 'canceled';
  batch.starting.add(row);
  batch.progress.ids[row] = id;
  const before = batch.progress.spentBefore[row];
  // Also of one that Temporal knows no more: it starts over as well.
  if (isFree || isTriedAgain(batch.progress, index)) keepSpent(batch.progress, row);
  // Before the start: its first word may come sooner than that it has started.
  hearWords(batch, [{ row, state: 'normalizing' }]);
  try {
    await startChild<typeof trainPerson>(TRAIN_PERSON_WORKFLOW, {
      workflowId: id,
      args: [request as TrainRequest],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: isFree ? 'ALLOW_DUPLICATE_FAILED_ONLY' : 'REJECT_DUPLICATE',
      staticSummary: summary,
      memo: { fingerprint, [BATCH_MEMO]: row },
      // From its first moment: whoever asks what the batch has started, for its budget, must not miss one that no worker has begun yet.
      typedSearchAttributes: [{ key: batchKey, value: batch.id }],
    });
    Reflect.deleteProperty(batch.progress.ofOthers, row);
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    // Nothing starts over: what it has cost, it tells itself.
    if (before === undefined) Reflect.deleteProperty(batch.progress.spentBefore, row);
    else batch.progress.spentBefore[row] = before;
    return 'known';
  } finally {
    batch.starting.delete(row);
  }
}

/** The page that was read last is kept: rows are started in their order. */
async function rowAt(batch: BatchRun, index: number): Promise<BatchRow> {
  const { manifest, pages } = batch.order;
  const number = pages.findLastIndex((first) => first <= index);
  if (batch.page?.number !== number) {
    const key = pageKey(manifest, number);
    const rows = await activities.readBatchPage.executeWithOptions({ summary: `page ${number + 1}` }, [key]);
    batch.page = { number, rows };
  }
  const row = batch.page.rows[index - (pages[number] ?? 0)];
  if (row === undefined) throw new TypeError(`the manifest ${manifest} has no row ${index}`);
  return row;
}
