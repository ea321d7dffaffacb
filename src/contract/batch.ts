import type { RequestTo } from './request';
import { ACTIVE_STATES, END_STATES, type EndState, type TrainingState } from './state';

/** `waiting`: not started. `terminated`: by an operator, without a say of Darkroom. */
export type RowState = 'waiting' | TrainingState | 'terminated';
/** What a row comes to in the end. */
export const ROW_ENDS: readonly RowState[] = [...END_STATES, 'terminated'] satisfies (
  EndState | 'terminated'
)[];
export const ROW_STATES: readonly RowState[] = ['waiting', ...ACTIVE_STATES, ...END_STATES, 'terminated'];

/** The one argument of the workflow `trainBatch`. Its rows lie in the store, because there may be 50,000. */
export interface BatchOrder {
  /** Storage key of the pages, without their number. */
  manifest: string;
  rows: number;
  /** The first row of each page, counted from 0. */
  pages: readonly number[];
  /** So many trainings are under way at once, at most. */
  inFlight: number;
  /** The workflow fails in the end where a row did not succeed, so that a schedule can pause. Otherwise it completes. */
  failsWithRows?: boolean;
}

/** A person a folder: those that have no training yet when the batch begins. */
export interface FolderRule {
  /** `file:people` below the photos folder of the workers, or `s3://bucket/people`. Each folder right below it is a subject. */
  under: string;
  /** What every training is asked alike. At TryItOn each one uses up a model of its own, so there is no rule for it. */
  request: Omit<RequestTo<'apiframe'>, 'subject' | 'photos' | 'adopt'>;
}

/** A batch whose rows are looked for when it begins. */
export interface FolderOrder extends Pick<BatchOrder, 'inFlight' | 'failsWithRows'> {
  everyFolder: FolderRule;
}

/** One row as a page holds it. */
export interface BatchRow {
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
  state: RowState;
  creditsSpent: number;
}

export type Steering = { do: 'pause' } | { do: 'resume' } | { do: 'cancel' };

export interface BatchStatus {
  id: string;
  rows: number;
  /** How many rows are in each state; those that are nowhere are left out. */
  states: Partial<Record<RowState, number>>;
  creditsSpent: number;
  inFlight: number;
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
