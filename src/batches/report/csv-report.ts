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

/** A line for each row of the batch (RFC 4180). */
export function csvReport({ rows }: Pick<BatchReport, 'rows'>): string {
  const lines = [
    COLUMNS.map(([name]) => name),
    ...rows.map((row) => COLUMNS.map(([, value]) => csvCell(value(row)))),
  ];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

/**
 * Text that a spreadsheet would take for a formula gets an apostrophe in front: a subject or the words of a provider could
 * otherwise run there. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
