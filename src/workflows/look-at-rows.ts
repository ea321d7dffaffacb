import { patched } from '@temporalio/workflow';
import type { RowWord } from '../contract/batch';
import * as activities from './activities';
import { underWay } from './batch-rows';
import { hearWords, type BatchRun } from './batch-run';

/** An answer has 60 bytes for each. */
const AT_ONCE = 500;

/** How it is with all that are under way: a word may have been lost with whoever was to say it. */
export function lookAtRows(batch: BatchRun): Promise<void> {
  return seeRows(batch, underWay(batch.progress));
}

/** How it is with these, counted from 0. */
export async function seeRows(batch: BatchRun, indexes: readonly number[]): Promise<void> {
  const { ids } = batch.progress;
  for (let from = 0; from < indexes.length; from += AT_ONCE) {
    const rows = indexes.slice(from, from + AT_ONCE).flatMap((index) => {
      const id = ids[index + 1];
      return id === undefined ? [] : [{ row: index + 1, id }];
    });
    const summary = `${rows.length} rows`;
    let words: RowWord[];
    let before: number;
    do {
      before = batch.retries;
      words = await activities.seeRows.executeWithOptions({ summary }, [rows]);
      // What was seen of a row that is tried again meanwhile is the end of the try before.
    } while (batch.retries !== before);
    const asked = new Map(rows.map(({ row, id }) => [row, id]));
    hearWords(
      batch,
      words.filter(({ row }) => isStill(batch, row, asked.get(row))),
    );
  }
}

/** Its own word may have come first, and somebody may have had it wait to be tried again since: then this one is of the try before. */
function isStill({ progress: { ids } }: BatchRun, row: number, id: string | undefined): boolean {
  return ids[row] === id || !patched('look-is-of-its-training');
}
