import { stringify } from 'csv-stringify/sync';
import type { LedgerLine } from '../contract/account';

const COLUMNS = ['n', 'at', 'kind', 'training', 'customer', 'what', 'credits'] as const;

/** The ledger for a spreadsheet. Ids are of others' choosing: one that begins as a formula does must not be one. */
export function ledgerCsv(lines: readonly LedgerLine[]): string {
  const rows = lines.map(({ atMs, ...line }) => ({ ...line, at: new Date(atMs).toISOString() }));
  return stringify(rows, { header: true, columns: [...COLUMNS], escape_formulas: true });
}
