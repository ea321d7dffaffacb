import {
  AGAIN_LETTER,
  isRetried,
  isUnderWay,
  ROW_ENDS,
  ROW_LETTERS,
  ROW_STATES,
  type BatchOrder,
  type RetryOrder,
  type RowState,
  type RowWord,
} from '../contract/batch';
import { hearCredits } from './batch-credits';

/**
 * How far a batch is. Plain JSON that is handed over whole at continue-as-new: a letter and a number for each of 50,000 rows
 * are 0.3 MB of the 2 MB that there may be.
 */
export interface BatchProgress {
  /** A letter for each row, see `ROW_LETTERS`. */
  states: string;
  /** Credits by row that this batch has paid; shorter than the rows where the rest has spent none. */
  spent: number[];
  /** The trainings that are under way, by their place in the batch. */
  ids: Record<number, string>;
  isPaused: boolean;
  isCanceled: boolean;
  /** Some were started by others, who alone hear of their ends. */
  hasJoined: boolean;
  /** What earlier tries of a row have cost, by its place: a training tells of itself alone. */
  spentBefore: Record<number, number>;
  /** What a row may have cost beyond that, by its place: what became of a submission is not known. */
  unknown: Record<number, number>;
  /** What a row has cost that others have started, by its place. */
  ofOthers: Record<number, number>;
  /** What rows have cost, or may have, of a manifest that the batch had before. */
  formerly: number;
  /** What all tries have cost is known; an older release has not told all of it. */
  hasSums: boolean;
  /** Why it has paused by itself; empty where it has not. */
  trouble: string;
  means: Means;
  /** Where its history was started over: when all that are under way are looked at. Unix milliseconds. */
  nextLookAtMs?: number;
}

/** Whether what waits can be paid for: `unasked` before anything is started, `asked-again` since rows wait to be tried again. */
export type Means = 'unasked' | 'enough' | 'asked-again';

/** By letter: the state of a row is asked for at every turn. */
const STATES: Readonly<Record<string, RowState>> = Object.fromEntries([
  ...ROW_STATES.map((state) => [ROW_LETTERS[state], state] as const),
  [AGAIN_LETTER, 'waiting'],
]);

export function freshBatch(rows: number): BatchProgress {
  return {
    states: ROW_LETTERS.waiting.repeat(rows),
    spent: [],
    ids: {},
    isPaused: false,
    isCanceled: false,
    hasJoined: false,
    spentBefore: {},
    unknown: {},
    ofOthers: {},
    formerly: 0,
    hasSums: false,
    trouble: '',
    means: 'unasked',
  };
}

export function stateOf({ states }: BatchProgress, index: number): RowState {
  return STATES[states[index] ?? ''] ?? 'waiting';
}

/** Takes a word in. One of a row that there is not, or in no state, is none. */
export function hear(progress: BatchProgress, word: RowWord): void {
  if (!isWord(word)) return;
  const { row, id, state } = word;
  if (id !== undefined && progress.ids[row] !== id) return;
  const index = row - 1;
  const letter = ROW_LETTERS[state];
  if (!Number.isInteger(index) || index < 0 || index >= progress.states.length) return;
  // What a look saw may be older than what the training has said meanwhile.
  if (ROW_ENDS.includes(stateOf(progress, index)) && !ROW_ENDS.includes(state)) return;
  putLetter(progress, index, letter);
  if (ROW_ENDS.includes(state)) Reflect.deleteProperty(progress.ids, row);
  hearCredits(progress, word);
}

/** Anybody may have sent anything. */
function isWord(word: unknown): word is RowWord {
  const { row, state } = (word ?? {}) as Record<string, unknown>;
  return typeof row === 'number' && typeof state === 'string' && Object.hasOwn(ROW_LETTERS, state);
}

/** In the order in which a training goes through them. */
export function countStates({ states }: BatchProgress): Partial<Record<RowState, number>> {
  const counts = new Map<RowState, number>();
  for (const letter of states) {
    const state = STATES[letter] ?? 'waiting';
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  return Object.fromEntries(
    ROW_STATES.flatMap((state) => {
      const count = counts.get(state);
      return count === undefined ? [] : [[state, count] as const];
    }),
  );
}

/** The rows that are under way, counted from 0. */
export function underWay(progress: BatchProgress): number[] {
  return rowsWhere(progress, isUnderWay);
}

/** Temporal allows 2,000 children that have not ended, those that wait for a person among them. */
const MOST_IN_FLIGHT = 1000;
const MOST_CHILDREN = 1900;

/** The next rows to be started, in their order. */
export function rowsToStart(progress: BatchProgress, { inFlight }: Pick<BatchOrder, 'inFlight'>): number[] {
  if (progress.isPaused || progress.isCanceled) return [];
  // Nobody knows how long a person takes.
  const busy = underWay(progress).filter((index) => stateOf(progress, index) !== 'needs-decision').length;
  const free = Math.min(Math.max(inFlight, 1), MOST_IN_FLIGHT) - busy;
  const children = MOST_CHILDREN - underWay(progress).length;
  return rowsWhere(progress, (state) => state === 'waiting').slice(0, Math.max(Math.min(free, children), 0));
}

/** A row of it was started once. */
export function hasBegun({ states }: BatchProgress): boolean {
  return states.replaceAll(ROW_LETTERS.waiting, '') !== '';
}

export function isOver(progress: BatchProgress): boolean {
  const open = underWay(progress).length;
  const waiting = rowsWhere(progress, (state) => state === 'waiting').length;
  return open === 0 && (waiting === 0 || progress.isCanceled);
}

function rowsWhere({ states }: BatchProgress, is: (state: RowState) => boolean): number[] {
  const found: number[] = [];
  for (let index = 0; index < states.length; index += 1)
    if (is(STATES[states[index] ?? ''] ?? 'waiting')) found.push(index);
  return found;
}

function putLetter(progress: BatchProgress, index: number, letter: string): void {
  progress.states = progress.states.slice(0, index) + letter + progress.states.slice(index + 1);
}

/** Those that have ended without success, counted from 0. */
export function retriedRows(progress: BatchProgress): number[] {
  return rowsWhere(progress, isRetried);
}

/** It waits, as in the beginning; what it has cost is asked when its turn comes. */
export function tryAgain(progress: BatchProgress, index: number): void {
  putLetter(progress, index, AGAIN_LETTER);
  askAgain(progress);
}

/** Whether what waits can be paid for. */
export function askAgain(progress: BatchProgress): void {
  if (progress.means === 'enough') progress.means = 'asked-again';
}

export function isTriedAgain({ states }: BatchProgress, index: number): boolean {
  return states[index] === AGAIN_LETTER;
}

/** Of a batch that was over. What waited then was canceled with it. */
export function progressAfter({ states, rows, ...sums }: RetryOrder): BatchProgress {
  const { spent, spentBefore = {}, unknown = {}, ofOthers = {}, formerly = 0, hasSums = false } = sums;
  const ended = states.replaceAll(ROW_LETTERS.waiting, ROW_LETTERS.canceled);
  const letters = ended.replaceAll(AGAIN_LETTER, ROW_LETTERS.canceled).split('');
  for (const row of rows) if (letters[row - 1] !== undefined) letters[row - 1] = AGAIN_LETTER;
  return {
    states: letters.join(''),
    spent: [...spent],
    ids: {},
    isPaused: false,
    isCanceled: false,
    hasJoined: false,
    spentBefore: { ...spentBefore },
    unknown: { ...unknown },
    ofOthers: { ...ofOthers },
    formerly,
    hasSums,
    trouble: '',
    means: 'asked-again',
  };
}
