import {
  RowsUnknownError,
  type BatchStatus,
  type Darkroom,
  type ListedBatch,
  type ListedRow,
  type RowState,
} from '../../client';
import { soon } from '../soon';

const LISTED = 20;
const ROWS_A_PAGE = 50;

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
  // Where nobody says it, the page of the batch says why.
  return soon(id, darkroom.batch(id)).then(
    ({ line }) => line,
    () => null,
  );
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
