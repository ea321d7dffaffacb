import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import {
  isRetried,
  rowStateOf,
  type BatchOrder,
  type BatchRows,
  type BatchStatus,
  type FolderOrder,
  type Steering,
} from '../contract/batch';
import { mapInFlight } from '../map-in-flight';
import { readBatch, runOfBatch, startAgain, steerBatch } from './batches';
import { listedRow, readRows, type ListedRow } from './batch-rows';
import { endedFree, type Standing } from './ended-free';
import { RowNotFoundError, SteeringRefusedError } from './errors';
import { RowReader, type ReadStore } from './read-pages';
import { requestOf } from './request-of';

/** A row that is not tried again, because that might be to pay twice. */
export interface LeftRow extends ListedRow {
  why: string;
}

export interface RetriedBatch {
  status: BatchStatus;
  /** So many rows start over. */
  again: number;
  left: LeftRow[];
}

export interface RetryOptions {
  /** As the manifest counts them; all that have ended without success where nothing is said. */
  rows?: readonly number[] | undefined;
  /** What the whole batch may cost from now on. */
  budgetCredits?: number | undefined;
}

const LOOKS_AT_ONCE = 10;

/**
 * Tries rows again that have ended without success and without any charge; of a batch that is over too, which then runs again under
 * its id. The batch itself asks once more what each has cost when its turn comes.
 */
export async function retryBatch(
  client: Client,
  id: string,
  { rows, budgetCredits }: RetryOptions,
  readStore: ReadStore | null,
): Promise<RetriedBatch> {
  const { isRunning, runId } = await runOfBatch(client, id);
  const batch = await readRows(client, id);
  const reader = new RowReader(batch, readStore);
  // What waits in a batch that is over was canceled with it.
  const isWanted = (index: number) => {
    const state = rowStateOf(batch.states[index]);
    return isRetried(state) || (!isRunning && state === 'waiting');
  };
  const wanted =
    rows === undefined
      ? Array.from(batch.states, (_, index) => index).filter(isWanted)
      : await placesOf(id, reader, rows);
  const refused = wanted.find((index) => !isWanted(index));
  if (refused !== undefined) {
    const { row, state } = await listedRow(batch, reader, refused);
    throw new SteeringRefusedError(`Row ${row} is ${state}: only what has ended without success is retried`);
  }
  const { free, left } = await sorted(client, { batch, reader, wanted });
  const rowsAgain = free.map((index) => index + 1);
  const again = { rows: rowsAgain, ...(budgetCredits !== undefined && { budgetCredits }) };
  const status = await triedAgain(client, id, { batch, runId: isRunning ? null : runId, again });
  return { status, again: free.length, left };
}

/** Cancels rows as the manifest counts them, and no others. */
export async function cancelRows(
  client: Client,
  id: string,
  rows: readonly number[],
  readStore: ReadStore | null,
): Promise<BatchStatus> {
  const reader = new RowReader(await readRows(client, id), readStore);
  const places = await placesOf(id, reader, rows);
  return steerBatch(client, id, { do: 'cancel', rows: places.map((index) => index + 1) });
}

/** Counted from 0, each once. */
async function placesOf(id: string, reader: RowReader, rows: readonly number[]): Promise<number[]> {
  const places = new Set<number>();
  for (const row of rows) {
    const place = await reader.placeOf(row);
    if (place === null) throw new RowNotFoundError(id, row);
    places.add(place - 1);
  }
  return [...places];
}

async function sorted(
  client: Client,
  { batch, reader, wanted }: { batch: BatchRows; reader: RowReader; wanted: readonly number[] },
): Promise<{ free: number[]; left: LeftRow[] }> {
  const left: LeftRow[] = [];
  const free: number[] = [];
  const rows: { index: number; id: string; fingerprint: string }[] = [];
  for (const index of wanted) rows.push({ index, ...(await reader.at(index)) });
  const standings = await mapInFlight(rows, LOOKS_AT_ONCE, ({ id, fingerprint }) =>
    endedFree(client, id, fingerprint),
  );
  for (const [at, { index }] of rows.entries()) {
    const standing = standings[at];
    const listed = await listedRow(batch, reader, index);
    // One that was canceled before its turn, or for which there was no money, has no training.
    const isEnded = standing?.is === 'free' && listed.state !== 'terminated';
    const isNew = standing?.is === 'absent' && ['waiting', 'canceled', 'left-out'].includes(listed.state);
    if (isEnded || isNew) free.push(index);
    else
      left.push({
        ...listed,
        why: whyLeft(standing),
      });
  }
  return { free, left };
}

function whyLeft(standing: Standing | undefined): string {
  switch (standing?.is) {
    case 'kept':
      return standing.why;
    case 'free':
      return 'an earlier try of it was terminated, and nobody can say what that has cost';
    default:
      return 'nothing is known of it any more';
  }
}

/** The rows that it had, also where it had looked for them by a rule: that would find others now. */
function rowsOnly(
  order: BatchOrder | FolderOrder,
  { manifest, pages, states, notRight }: BatchRows,
): BatchOrder {
  const { inFlight, failsWithRows, beyondMeans } = order;
  return {
    manifest,
    pages,
    rows: states.length,
    inFlight,
    ...(notRight !== undefined && { notRight }),
    ...(failsWithRows !== undefined && { failsWithRows }),
    ...(beyondMeans !== undefined && { beyondMeans }),
  };
}

type Again = Pick<Extract<Steering, { do: 'retry' }>, 'budgetCredits'> & { rows: readonly number[] };

interface Retry {
  batch: BatchRows;
  /** Of the run that the rows are of, where it is over; null where it goes on. */
  runId: string | null;
  again: Again;
}

async function triedAgain(client: Client, id: string, { batch, runId, again }: Retry): Promise<BatchStatus> {
  const isNothing = again.rows.length === 0 && (again.budgetCredits === undefined || runId !== null);
  if (isNothing) return readBatch(client, id);
  if (runId === null) return steerBatch(client, id, { do: 'retry', ...again });
  return startOver(client, id, { batch, runId, again });
}

async function startOver(
  client: Client,
  id: string,
  { batch, runId, again: { rows, budgetCredits } }: Retry,
): Promise<BatchStatus> {
  const order = (await requestOf(client, id)) as BatchOrder | FolderOrder;
  // Its first event knows nothing of a budget that it was given on its way.
  const budget = budgetCredits ?? (await readBatch(client, id)).budgetCredits;
  const { states, spent, spentBefore, unknown, ofOthers, formerly, hasSums } = batch;
  const retry = { states, spent, spentBefore, unknown, ofOthers, formerly, hasSums, rows };
  try {
    // Somebody else may have had it run again, to its end, since its rows were read: what that has cost would be forgotten.
    if ((await runOfBatch(client, id)).runId !== runId) throw startedAgain(id);
    await startAgain(client, id, {
      ...rowsOnly(order, batch),
      ...(budget !== null && { budgetCredits: budget }),
      retry,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw startedAgain(id);
  }
  return readBatch(client, id);
}

function startedAgain(id: string): SteeringRefusedError {
  return new SteeringRefusedError(`The batch ${id} has just been started again; retry its rows once more`);
}
