import type { Client } from '@temporalio/client';
import type { BatchReport } from '../batches/report/batch-report';
import type { BatchOrder, BatchStatus, RowState, Steering } from '../contract/batch';
import { readBatchReport, type ReportOptions } from './batch-report';
import { pageOfRows, type RowFilter, type RowPage } from './batch-rows';
import { readBatch, startBatch, steerBatch } from './batches';
import { pageOfBatches, type BatchPage } from './page-of-batches';
import type { ReadStore } from './read-pages';
import { cancelRows, retryBatch, type RetriedBatch, type RetryOptions } from './retry-batch';

export type { BatchReport } from '../batches/report/batch-report';
export type { ReportRow } from '../batches/report/report-row';
export type { ReportOptions } from './batch-report';
export type { ListedRow, RowFilter, RowPage } from './batch-rows';
export type { BatchPage, ListedBatch } from './page-of-batches';
export type { LeftRow, RetriedBatch, RetryOptions } from './retry-batch';
export type { BatchOrder, BatchStatus, RowState, Steering };

/** What another service needs of batches. */
export interface BatchClient {
  /**
   * Starts a batch whose rows are in the store, or joins the one that runs under the id. One that is over runs again: what it
   * has trained is joined, and nothing is paid twice. One that runs goes on with the limits and the budget that it has.
   *
   * @throws BatchRunsError · IdTakenError
   */
  startBatch(id: string, order: BatchOrder): Promise<'started' | 'joined'>;
  /** One page of the batches, newest first, and the cursor for the next. @throws CursorError */
  batches(filter?: { limit?: number | undefined; cursor?: string | undefined }): Promise<BatchPage>;
  /** How a batch goes. @throws BatchNotFoundError · NoWorkerError */
  batch(id: string): Promise<BatchStatus>;
  /**
   * Rows of a batch in their order. Which they are stands in the store of the workers: `readStore` has to lead there.
   *
   * @throws BatchNotFoundError · NoWorkerError · RowsUnknownError · CursorError
   */
  batchRows(id: string, filter?: RowFilter): Promise<RowPage>;
  /**
   * Tries rows again that have ended without success: these, as the manifest counts them, or all of them. Those that have cost
   * something are left, and named: to pay again, give the row another `generation`. A batch that is over runs again. `budgetCredits` is
   * what the whole batch may cost from now on; rows for which nothing is left are left out.
   *
   * @throws BatchNotFoundError · NoWorkerError · RowsUnknownError · RowNotFoundError · SteeringRefusedError
   */
  retryBatch(id: string, options?: RetryOptions): Promise<RetriedBatch>;
  /** Cancels rows of a batch, as the manifest counts them. @throws as `retryBatch` */
  cancelRows(id: string, rows: readonly number[]): Promise<BatchStatus>;
  /** What became of each row, what it has cost and how long it took. A read for each training, some at a time. @throws as `batchRows` */
  batchReport(id: string, options?: ReportOptions): Promise<BatchReport>;
  /** Pauses, resumes, cancels or retries; `rows` are places here. @throws BatchNotFoundError · NoWorkerError · SteeringRefusedError */
  steerBatch(id: string, steering: Steering): Promise<BatchStatus>;
}

const USUAL_LIMIT = 50;

export function batchClient(client: Client, readStore: ReadStore | null): BatchClient {
  return {
    startBatch: (id, order) => startBatch(client, id, order),
    batches: ({ limit = USUAL_LIMIT, cursor } = {}) =>
      pageOfBatches(client, { limit, cursor: cursor ?? null }),
    batch: (id) => readBatch(client, id),
    batchRows: (id, filter = {}) => pageOfRows(client, id, filter, readStore),
    retryBatch: (id, options = {}) => retryBatch(client, id, options, readStore),
    cancelRows: (id, rows) => cancelRows(client, id, rows, readStore),
    batchReport: (id, options = {}) => readBatchReport(client, id, options, readStore),
    steerBatch: (id, steering) => steerBatch(client, id, steering),
  };
}
