import { isOpenEnded, rowStateOf, type BatchRows } from '../contract/batch';

/** What all tries of one training have cost that a batch has started. */
export interface Tries {
  /** By those that have ended. */
  spent: number;
  /** The same without the last one. */
  before: number;
  /** What they may have cost beyond that. */
  unknown: number;
  /** So many go on, or nobody can say what they have cost. */
  open: number;
  /** The last one has ended, and what it has cost is among these. */
  isOver: boolean;
}

export const NO_TRIES: Tries = { spent: 0, before: 0, unknown: 0, open: 0, isOver: false };

export type BatchSums = Pick<BatchRows, 'spent' | 'spentBefore' | 'unknown' | 'ofOthers'>;

interface Batch {
  rows: readonly { id: string; index: number; credits: number }[];
  /** A letter for each row. */
  states: string;
  sums: BatchSums;
  own: ReadonlyMap<string, Tries>;
}

/**
 * What a batch has paid for the rows that it has now, and what it may still have to: of a try that goes on, or was terminated, the most
 * that it may cost. The batch and Temporal each may have forgotten what the other one knows. Pure.
 */
export function paidByBatch({ rows, states, sums, own }: Batch): number {
  const { spent, spentBefore = {}, unknown = {}, ofOthers = {} } = sums;
  return rows.reduce((sum, { id, index, credits }) => {
    const row = index + 1;
    const tries = own.get(id) ?? NO_TRIES;
    const isOpen = isOpenEnded(rowStateOf(states[index])) && ofOthers[row] === undefined;
    const told = (isOpen ? (spentBefore[row] ?? 0) : (spent[index] ?? 0)) + (unknown[row] ?? 0);
    // What the batch says is as old as its question: a row may have ended since.
    const open = Math.max(tries.open, isOpen && !tries.isOver ? 1 : 0);
    return sum + Math.max(told, tries.spent + tries.unknown) + open * credits;
  }, 0);
}
