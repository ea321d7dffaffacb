import type { Client } from '@temporalio/client';
import { rowStateOf, type BatchRows, type RowState } from '../contract/batch';
import { BATCH_ROWS_QUERY } from '../contract/names';
import { askBatch } from './batches';
import { CursorError } from './errors';
import { RowReader, type ReadStore } from './read-pages';

/** One row of a batch, and how it goes. */
export interface ListedRow {
  /** As the manifest counts them: in a spreadsheet, the header is row 1. */
  row: number;
  /** In the batch, from 1: what `steer` takes. */
  place: number;
  /** Of its training, which there is only once it was started. */
  id: string;
  subject: string;
  provider: string;
  customer: string | null;
  state: RowState;
  creditsSpent: number;
}

export interface RowFilter {
  state?: RowState | undefined;
  /** 50 where nothing is said. */
  limit?: number | undefined;
  cursor?: string | undefined;
}

export interface RowPage {
  rows: ListedRow[];
  /** For the next page; null on the last one. */
  cursor: string | null;
}

const USUAL_LIMIT = 50;

/** @throws BatchNotFoundError · NoWorkerError · BatchStoppedError */
export function readRows(client: Client, id: string): Promise<BatchRows> {
  return askBatch<BatchRows>(client, id, BATCH_ROWS_QUERY);
}

/** A page of the rows of a batch in their order. */
export async function pageOfRows(
  client: Client,
  id: string,
  { state, limit = USUAL_LIMIT, cursor = '0' }: RowFilter,
  readStore: ReadStore | null,
): Promise<RowPage> {
  if (!/^\d{1,6}$/.test(cursor)) throw new CursorError(new Error('it is no number'));
  const batch = await readRows(client, id);
  const reader = new RowReader(batch, readStore);
  const found: number[] = [];
  let index = Number(cursor);
  for (; index < batch.states.length && found.length < limit; index += 1)
    if (state === undefined || rowStateOf(batch.states[index]) === state) found.push(index);
  const rows: ListedRow[] = [];
  for (const one of found) rows.push(await listedRow(batch, reader, one));
  return { rows, cursor: index < batch.states.length ? String(index) : null };
}

/** @param index counted from 0 */
export async function listedRow(batch: BatchRows, reader: RowReader, index: number): Promise<ListedRow> {
  const { row, id, request } = await reader.at(index);
  const { subject = '', provider = '', customer = null } = request as Partial<Record<string, string>>;
  return {
    row: row ?? index + 1,
    place: index + 1,
    id,
    subject,
    provider,
    customer,
    state: rowStateOf(batch.states[index]),
    creditsSpent: creditsOfRow(batch, index),
  };
}

/** Whoever has paid it. @param index counted from 0 */
export function creditsOfRow({ spent, ofOthers = {} }: BatchRows, index: number): number {
  return (spent[index] ?? 0) + (ofOthers[index + 1] ?? 0);
}
