import type { RequestTo } from './request';
import { ACTIVE_STATES, END_STATES, type EndState, type TrainingState } from './state';

/** `waiting`: not started. `terminated`: by an operator, without a say of Darkroom. `left-out`: there was no money for it. */
export type RowState = 'waiting' | TrainingState | 'terminated' | 'left-out';
/** What a row comes to in the end. */
export const ROW_ENDS: readonly RowState[] = [...END_STATES, 'terminated', 'left-out'] satisfies (
  EndState | 'terminated' | 'left-out'
)[];
export const ROW_STATES = [
  'waiting',
  ...ACTIVE_STATES,
  ...END_STATES,
  'terminated',
  'left-out',
] as const satisfies readonly RowState[];

/** So many trainings of a batch are under way at once, where nothing is said. */
export const DEFAULT_IN_FLIGHT = 10;

/** The one argument of the workflow `trainBatch`. Its rows lie in the store, because there may be 50,000. */
export interface BatchOrder {
  /** Storage key of the pages, without their number. */
  manifest: string;
  rows: number;
  /** The first row of each page, counted from 0. */
  pages: readonly number[];
  /** So many trainings are under way at once, at most. */
  inFlight: number;
  /** What the whole batch may cost, rows that are tried again among it; as much as its accounts have where nothing is said. */
  budgetCredits?: number;
  /** Where more is needed than there is: nothing is started, or what there is no money for is left out. `refuse` where nothing is said. */
  beyondMeans?: BeyondMeans;
  /** The workflow fails in the end where a row did not succeed, so that a schedule can pause. Otherwise it completes. */
  failsWithRows?: boolean;
  /** After so long all rows under way are looked at, in case a word of one was lost; ten minutes where nothing is said. */
  lookEveryMs?: number;
  /** Rows of its manifest that were not right, and so are none of its rows. */
  notRight?: NotRight;
  /** Where a batch that was over goes on: how it ended, and the places of the rows that are tried again. */
  retry?: RetryOrder;
}

/** They are named in reports: whoever reads one later has not seen them printed when the batch was started. */
export interface NotRight {
  /** Of the store: an array of `RowNotRight`. */
  key: string;
  rows: number;
}

export interface RowNotRight {
  /** As the manifest counts them. */
  row: number;
  message: string;
}

export const BEYOND_MEANS = ['refuse', 'leave-out'] as const;
export type BeyondMeans = (typeof BEYOND_MEANS)[number];

/** A person a folder: those that have no training yet when the batch begins. */
export interface FolderRule {
  /** `file:people` below the photos folder of the workers, or `s3://bucket/people`. Each folder right below it is a subject. */
  under: string;
  /** What every training is asked alike. At TryItOn each one uses up a model of its own, so there is no rule for it. */
  request: Omit<RequestTo<'apiframe'>, 'subject' | 'photos' | 'adopt'>;
}

/** A batch whose rows are looked for when it begins. */
export interface FolderOrder extends Pick<
  BatchOrder,
  'inFlight' | 'failsWithRows' | 'budgetCredits' | 'beyondMeans'
> {
  everyFolder: FolderRule;
}

export interface RetryOrder extends Omit<BatchRows, 'manifest' | 'pages'> {
  rows: readonly number[];
}

/** The answer to the query of all rows. Which they are, the pages say. */
export interface BatchRows {
  /** Storage key of the pages, without their number. */
  manifest: string;
  /** The first row of each page, counted from 0. */
  pages: readonly number[];
  /** A letter for each row, see `ROW_LETTERS`. */
  states: string;
  /** Credits by row that this batch has paid; shorter than the rows where the rest has spent none. */
  spent: readonly number[];
  /** How much of that earlier tries of a row have cost, by its place from 1. Absent, like the next two, where an older release answers. */
  spentBefore?: Readonly<Record<number, number>> | undefined;
  /** Credits that a row may have cost beyond that, by its place: what became of a submission is not known. */
  unknown?: Readonly<Record<number, number>> | undefined;
  /** Credits of a row that others have started, by its place. */
  ofOthers?: Readonly<Record<number, number>> | undefined;
  /** Credits of rows of a manifest that the batch had before, what it may have paid for them among it. */
  formerly?: number | undefined;
  notRight?: NotRight | undefined;
  /** These are all. Else whoever goes on with them asks Temporal for the rest. */
  hasSums?: boolean | undefined;
}

export const ROW_LETTERS: Readonly<Record<RowState, string>> = {
  waiting: 'w',
  normalizing: 'n',
  uploading: 'u',
  queued: 'q',
  submitting: 's',
  reconciling: 'r',
  'needs-decision': 'd',
  training: 't',
  succeeded: 'S',
  failed: 'F',
  canceled: 'C',
  'timed-out': 'T',
  terminated: 'X',
  'left-out': 'L',
};
/** Of a row that waits to be tried again. */
export const AGAIN_LETTER = 'W';

export function rowStateOf(letter: string | undefined): RowState {
  return ROW_STATES.find((state) => ROW_LETTERS[state] === letter) ?? 'waiting';
}

/** It is over, and it may be tried again: whether it has cost something is another question. */
export function isRetried(state: RowState): boolean {
  return state !== 'succeeded' && ROW_ENDS.includes(state);
}

/** Its training was started, and has not ended. */
export function isUnderWay(state: RowState): boolean {
  return state !== 'waiting' && !ROW_ENDS.includes(state);
}

/** What it comes to cost, nobody knows yet; of one that was terminated, nobody may ever. */
export function isOpenEnded(state: RowState): boolean {
  return isUnderWay(state) || state === 'terminated';
}

/** So many rows have come to an end. */
export function endedRows({ states }: Pick<BatchStatus, 'states'>): number {
  return ROW_ENDS.reduce((sum, state) => sum + (states[state] ?? 0), 0);
}

/** One row as a page holds it. */
export interface BatchRow {
  /** As the manifest counts them; absent where that is its place in the batch, from 1. */
  row?: number;
  /** Of its training: made of the request, so that whatever manifest names it again, it is the same training. */
  id: string;
  request: unknown;
  /** Of the request, as a start by a client leaves it in the memo. */
  fingerprint: string;
  summary: string;
}

/** What a training tells its batch of itself. */
export interface RowWord {
  /** Its place in the batch, from 1. */
  row: number;
  /** Of the training: a batch of the same name may have had another one at this place. Absent: the batch says so itself. */
  id?: string;
  state: RowState;
  /** Absent: what it was. */
  creditsSpent?: number;
  /** Credits that it may have spent beyond those: what became of a submission is not known. Absent: what it was. */
  mayHaveSpent?: number;
  /** Others have started it, and pay for it. */
  isJoined?: boolean;
}

/**
 * `rows` are places in the batch, from 1. `cancel` without them is for all of the batch, `retry` without them for every row that
 * has ended without success. One that has cost something is never started again: it stays what it is. One for which the budget, or its
 * account, has nothing left is left out; `budgetCredits` is what the whole batch may cost from now on, and may be all that is said, with `rows` that are none.
 */
export type Steering =
  | { do: 'pause' }
  | { do: 'resume' }
  | { do: 'cancel'; rows?: readonly number[] }
  | { do: 'retry'; rows?: readonly number[]; budgetCredits?: number };

export interface BatchStatus {
  id: string;
  rows: number;
  /** How many rows are in each state; those that are nowhere are left out. */
  states: Partial<Record<RowState, number>>;
  creditsSpent: number;
  inFlight: number;
  /** What it may cost in all; null: as much as its accounts have. */
  budgetCredits: number | null;
  /** Rows of its manifest that were not right, beside `rows`; absent where there were none. */
  rowsNotRight?: number | undefined;
  isPaused: boolean;
  isCanceled: boolean;
  /** One sentence for a person. */
  line: string;
}

/** Under this name the memo of a training has its place in the batch that has started it. */
export const BATCH_MEMO = 'batch';

export function pageKey(manifest: string, page: number): string {
  return `${manifest}/${String(page).padStart(4, '0')}.json`;
}
