import { WorkflowNotFoundError, type Client, type WorkflowExecutionDescription } from '@temporalio/client';
import { batchReport, type BatchReport } from '../batches/report/batch-report';
import type { ReportRow } from '../batches/report/report-row';
import { reportRowOf, type SeenTraining } from '../batches/report/report-row-of';
import {
  rowStateOf,
  type BatchRow,
  type BatchRows,
  type RowNotRight,
  type RowState,
} from '../contract/batch';
import { mapInFlight } from '../map-in-flight';
import { temporalUiLink, type TemporalUi } from '../temporal-ui';
import { readBatch } from './batches';
import { creditsOfRow, readRows } from './batch-rows';
import { NoResultError, NoWorkerError } from './errors';
import { listed } from './list-trainings';
import { RowReader, type ReadStore } from './read-pages';
import { readResult } from './read-result';
import { readStatus } from './read-status';

export interface ReportOptions {
  /** Where rows link to. */
  temporalUi?: TemporalUi | null;
  /** Told after each row. */
  onRow?: (done: number, total: number) => void;
}

const AT_ONCE = 10;

/** What became of each row of a batch, so many asked for at a time. */
export async function readBatchReport(
  client: Client,
  id: string,
  { temporalUi = null, onRow = () => undefined }: ReportOptions,
  readStore: ReadStore | null,
): Promise<BatchReport> {
  const [status, batch] = [await readBatch(client, id), await readRows(client, id)];
  const reader = new RowReader(batch, readStore);
  const look = lookAtTraining(client);
  const rows: ReportRow[] = [];
  // A page at a time, so that those of a whole manifest are not held at once.
  for (const [page, first] of batch.pages.entries()) {
    const next = batch.pages[page + 1] ?? batch.states.length;
    const members: { row: BatchRow; index: number }[] = [];
    for (let index = first; index < next; index += 1) members.push({ row: await reader.at(index), index });
    const found = await mapInFlight(members, AT_ONCE, async ({ row, index }) => {
      const heard = { state: rowStateOf(batch.states[index]), creditsSpent: creditsOfRow(batch, index) };
      const seen = await look(row.id, heard);
      const link = temporalUi === null || seen.startedAt === null ? null : temporalUiLink(temporalUi, row.id);
      return reportRowOf({ ...row, row: row.row ?? index + 1 }, seen, link);
    });
    rows.push(...found);
    onRow(rows.length, batch.states.length);
  }
  return batchReport(rows, {
    id,
    at: new Date().toISOString(),
    line: status.line,
    notRight: await rowsNotRight(batch, readStore),
  });
}

/** None are known where somebody has taken them out of the store: the report says the rest. */
async function rowsNotRight({ notRight }: BatchRows, readStore: ReadStore | null): Promise<RowNotRight[]> {
  const bytes = notRight === undefined ? null : await readStore?.(notRight.key);
  return bytes === null || bytes === undefined ? [] : (JSON.parse(bytes.toString()) as RowNotRight[]);
}

interface Heard {
  state: RowState;
  creditsSpent: number;
}

function lookAtTraining(client: Client) {
  /** Each that is asked for takes 10 s then. */
  let isWorkerAway = false;

  return async (id: string, heard: Heard): Promise<SeenTraining> => {
    const nothing: SeenTraining = { ...heard, startedAt: null, endedAt: null, said: null };
    if (heard.state === 'waiting') return nothing;
    const described = await describe(client, id);
    if (described === null) return nothing;
    const { startedAt, endedAt, state, creditsSpent } = listed(described);
    const isRunning = described.status.name === 'RUNNING';
    return {
      state: state === 'unknown' ? heard.state : state,
      creditsSpent: Math.max(creditsSpent, heard.creditsSpent),
      startedAt,
      endedAt,
      said: await said(id, isRunning ? null : described.runId),
    };
  };

  async function said(id: string, endedRunId: string | null): Promise<SeenTraining['said']> {
    if (endedRunId === null && isWorkerAway) return null;
    try {
      return await (endedRunId === null ? statusOf(id) : readResult(client, id, endedRunId));
    } catch (error) {
      if (error instanceof NoWorkerError) isWorkerAway = true;
      else if (!(error instanceof NoResultError)) throw error;
      return null;
    }
  }

  function statusOf(id: string): Promise<SeenTraining['said']> {
    return readStatus(client, id);
  }
}

/** Null where nothing is known under the id: its retention is over, or it was never started. */
async function describe(client: Client, id: string): Promise<WorkflowExecutionDescription | null> {
  try {
    return await client.workflow.getHandle(id).describe();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
}
