import { rowTrainingId } from '../contract/batch';
import * as activities from './activities';
import { underWay } from './batch-rows';
import { hearWord, type BatchRun } from './batch-run';

/** An answer has 60 bytes for each. */
const AT_ONCE = 500;

/** How it is with all that are under way: a word may have been lost with whoever was to say it. */
export function lookAtRows(batch: BatchRun): Promise<void> {
  return seeRows(batch, underWay(batch.progress));
}

/** How it is with these, counted from 0. */
export async function seeRows(batch: BatchRun, indexes: readonly number[]): Promise<void> {
  for (let from = 0; from < indexes.length; from += AT_ONCE) {
    const rows = indexes.slice(from, from + AT_ONCE).map((index) => ({
      row: index + 1,
      id: rowTrainingId(batch.id, index + 1),
    }));
    const words = await activities.seeRows.executeWithOptions({ summary: `${rows.length} rows` }, [rows]);
    for (const word of words) hearWord(batch, word);
  }
}
