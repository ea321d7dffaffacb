import { csvOf } from '../../csv';
import type { RowNotRight } from '../../contract/batch';
import type { BatchReport } from './batch-report';
import type { ReportRow } from './report-row';

const COLUMNS: readonly [string, (row: ReportRow) => string | number | null][] = [
  ['row', ({ row }) => row],
  ['subject', ({ subject }) => subject],
  ['customer', ({ customer }) => customer],
  ['provider', ({ provider }) => provider],
  ['outcome', ({ outcome }) => outcome],
  ['state', ({ state }) => state],
  ['charge', ({ charge }) => charge],
  ['photos', ({ photos }) => photos],
  ['photos_good', ({ photosGood }) => photosGood],
  ['photos_rejected', ({ photosRejected }) => photosRejected],
  ['credits_planned', ({ creditsPlanned }) => creditsPlanned],
  ['credits_reserved', ({ creditsReserved }) => creditsReserved],
  ['credits_spent', ({ creditsSpent }) => creditsSpent],
  ['credits_saved', ({ creditsSaved }) => creditsSaved],
  ['started_at', ({ startedAt }) => startedAt],
  ['ended_at', ({ endedAt }) => endedAt],
  ['seconds', ({ tookMs }) => (tookMs === null ? null : Math.round(tookMs / 1000))],
  ['failure', ({ failure }) => failure?.code ?? null],
  ['message', ({ failure }) => failure?.message ?? null],
  ['training', ({ id }) => id],
  ['link', ({ link }) => link],
];

/** A line for each row of the batch (RFC 4180), then for each of its manifest that was not right. Whatever anybody has written is no formula in a spreadsheet. */
export function csvReport({ rows, notRight }: Pick<BatchReport, 'rows' | 'notRight'>): string {
  const names = COLUMNS.map(([name]) => name);
  return csvOf(names, [
    ...rows.map((row) => COLUMNS.map(([, value]) => value(row))),
    ...notRight.map((one) => names.map((name) => cellOfWrong(one, name))),
  ]);
}

/** It was never a training, so most columns say nothing of it. */
function cellOfWrong({ row, message }: RowNotRight, column: string): string | number | null {
  return { row, outcome: 'not-right', message }[column] ?? null;
}
