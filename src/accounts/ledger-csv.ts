import type { LedgerLine } from '../contract/account';
import { csvOf } from '../csv';

/** The ledger for a spreadsheet, a line for each of its own. */
export function ledgerCsv(lines: readonly LedgerLine[]): string {
  return csvOf(
    ['n', 'at', 'kind', 'training', 'customer', 'what', 'credits'],
    lines.map(({ n, atMs, kind, training, customer, what, credits }) => [
      n,
      new Date(atMs).toISOString(),
      kind,
      training,
      customer,
      what,
      credits,
    ]),
  );
}
