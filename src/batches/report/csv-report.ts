import { csvOf } from '../../csv';
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

/** A line for each row of the batch (RFC 4180). Whatever anybody has written is no formula in a spreadsheet. */
export function csvReport({ rows }: Pick<BatchReport, 'rows'>): string {
  return csvOf(
    COLUMNS.map(([name]) => name),
    rows.map((row) => COLUMNS.map(([, value]) => value(row))),
  );
}
