import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, startChild } from '@temporalio/workflow';
import { pageKey, rowTrainingId, type BatchRow } from '../contract/batch';
import { TRAIN_PERSON_WORKFLOW } from '../contract/names';
import type { TrainRequest } from '../contract/request';
import * as activities from './activities';
import { hearWord, type BatchRun } from './batch-run';
import { seeRows } from './look-at-rows';
import type { trainPerson } from './train-person';

/** Starts these rows, counted from 0. What is known by its id already, of an earlier run of the manifest, is joined. */
export async function startRows(batch: BatchRun, indexes: readonly number[]): Promise<void> {
  const known: number[] = [];
  // Page by page: a batch of ten thousand rows is read in the order in which it is started.
  for (const index of indexes) if ((await startRow(batch, index)) === 'known') known.push(index);
  await seeRows(batch, known);
}

async function startRow(batch: BatchRun, index: number): Promise<'started' | 'known'> {
  const { request, fingerprint, summary } = await rowAt(batch, index);
  const row = index + 1;
  // Before the start: its first word may come sooner than that it has started.
  hearWord(batch, { row, state: 'normalizing', creditsSpent: 0 });
  try {
    await startChild<typeof trainPerson>(TRAIN_PERSON_WORKFLOW, {
      workflowId: rowTrainingId(batch.id, row),
      args: [request as TrainRequest],
      parentClosePolicy: ParentClosePolicy.ABANDON,
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: summary,
      memo: { fingerprint },
    });
    return 'started';
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    return 'known';
  }
}

async function rowAt(batch: BatchRun, index: number): Promise<BatchRow> {
  const { manifest, pages } = batch.order;
  const number = pages.findLastIndex((first) => first <= index);
  if (batch.page?.number !== number) {
    const rows = await activities.readBatchPage.executeWithOptions({ summary: `page ${number + 1}` }, [
      pageKey(manifest, number),
    ]);
    batch.page = { number, rows };
  }
  const row = batch.page.rows[index - (pages[number] ?? 0)];
  if (row === undefined) throw new TypeError(`the manifest ${manifest} has no row ${index}`);
  return row;
}
