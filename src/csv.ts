import { stringify } from 'csv-stringify/sync';

/**
 * Rows as CSV (RFC 4180). Text that a spreadsheet would take for a formula gets an apostrophe in front: an id or the words of a provider
 * could otherwise run there. https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvOf(
  columns: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): string {
  return stringify([[...columns], ...rows.map((cells) => cells.map(cellOf))], {
    record_delimiter: 'windows',
  });
}

/** Also behind blanks, and in the full width of East Asian keyboards, which spreadsheets read alike. */
function cellOf(value: string | number | null): string | number | null {
  if (typeof value !== 'string') return value;
  return /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/u.test(value) ? `'${value}` : value;
}
