import { setTimeout as delay } from 'node:timers/promises';
import {
  RowsUnknownError,
  type BatchStatus,
  type Darkroom,
  type ListedBatch,
  type ListedRow,
  type RowState,
} from '../../client';

const LISTED = 20;
const ROWS_A_PAGE = 50;
/** A worker answers within milliseconds; nobody should wait for a list because none runs. */
const LINE_WAIT_MS = 3000;

export interface SeenBatches {
  /** `line`: how it goes; null where nobody can say. */
  batches: (ListedBatch & { line: string | null })[];
  cursor: string | null;
  isFirst: boolean;
}

export async function seeBatches(
  darkroom: Darkroom,
  { cursor }: { cursor?: string | undefined },
): Promise<SeenBatches> {
  const page = await darkroom.batches({ limit: LISTED, cursor });
  const batches = await Promise.all(
    page.batches.map(async (one) => ({ ...one, line: await lineOf(darkroom, one) })),
  );
  return { batches, cursor: page.cursor, isFirst: cursor === undefined };
}

async function lineOf(darkroom: Darkroom, { id, is }: ListedBatch): Promise<string | null> {
  if (is === 'stopped') return null;
  const patience = new AbortController();
  try {
    return await Promise.race([
      darkroom.batch(id).then(({ line }) => line),
      delay(LINE_WAIT_MS, null, { ref: false, signal: patience.signal }),
    ]);
  } catch {
    // The page of the batch says why.
    return null;
  } finally {
    patience.abort();
  }
}

export interface RowsQuery {
  state?: RowState | undefined;
  cursor?: string | undefined;
}

export interface SeenBatch {
  status: BatchStatus;
  rows: ListedRow[];
  cursor: string | null;
  query: RowsQuery;
  /** Why its rows cannot be shown; null where they can. */
  trouble: string | null;
}

/** @throws BatchNotFoundError · BatchStoppedError · NoWorkerError */
export async function seeBatch(darkroom: Darkroom, id: string, query: RowsQuery): Promise<SeenBatch> {
  const status = await darkroom.batch(id);
  try {
    const page = await darkroom.batchRows(id, { ...query, limit: ROWS_A_PAGE });
    return { status, ...page, query, trouble: null };
  } catch (error) {
    if (!(error instanceof RowsUnknownError)) throw error;
    return { status, rows: [], cursor: null, query, trouble: error.message };
  }
}
