import { ACTIVE_STATES, END_STATES, type TrainingState } from './state';

/** `waiting`: not started. `terminated`: by an operator, without a say of Darkroom. */
export type RowState = 'waiting' | TrainingState | 'terminated';
export const ROW_STATES: readonly RowState[] = ['waiting', ...ACTIVE_STATES, ...END_STATES, 'terminated'];

/** The one argument of the workflow `trainBatch`. Its rows lie in the store, because there may be ten thousand. */
export interface BatchOrder {
  /** Storage key of the pages, without their number. */
  manifest: string;
  rows: number;
  /** The first row of each page, counted from 0. */
  pages: readonly number[];
  /** So many trainings are under way at once, at most. */
  inFlight: number;
}

/** One row as a page holds it. */
export interface BatchRow {
  /** As the manifest counts it. */
  row: number;
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

/** The workflow id of a row's training, so that the same manifest run again joins what it has started. */
export function rowTrainingId(batchId: string, row: number): string {
  return `${batchId}.${row}`;
}

/** The row that such an id stands for; null where it is none of this batch. */
export function rowOfTraining(batchId: string, trainingId: string): number | null {
  if (!trainingId.startsWith(`${batchId}.`)) return null;
  const row = trainingId.slice(batchId.length + 1);
  return /^[1-9]\d{0,5}$/.test(row) ? Number(row) : null;
}

export function pageKey(manifest: string, page: number): string {
  return `${manifest}/${String(page).padStart(4, '0')}.json`;
}
