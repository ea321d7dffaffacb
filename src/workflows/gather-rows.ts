import { isCancellation } from '@temporalio/workflow';
import type { FolderOrder } from '../contract/batch';
import * as activities from './activities';
import { freshBatch } from './batch-rows';
import { hearWords, type BatchRun } from './batch-run';

/** Finds the rows of a batch that has none yet. What was steered meanwhile holds; a cancel ends it without any row. */
export async function gatherRows(batch: BatchRun, { everyFolder }: FolderOrder): Promise<void> {
  try {
    const summary = everyFolder.under;
    const { manifest, rows, pages } = await activities.gatherRows.executeWithOptions({ summary }, [
      everyFolder,
    ]);
    batch.order = { ...batch.order, manifest, rows, pages };
    batch.progress.states = freshBatch(rows).states;
  } catch (error) {
    if (!isCancellation(error)) throw error;
    batch.progress.isCanceled = true;
  }
  hearWords(batch, []);
}
