import { parse } from 'csv-parse/sync';
import { errorMessage } from '../error-facts';
import { CSV_COLUMNS, fieldsOf } from './csv-columns';
import { manifestRow, type ManifestRow, type RowProblem } from './manifest-row';
import { trainedTwice } from './trained-twice';

export type ManifestFormat = 'csv' | 'jsonl';

export interface Manifest {
  rows: ManifestRow[];
  /** All of them at once, in the order of the rows. */
  problems: RowProblem[];
}

/** The manifest as a whole cannot be read. */
export class ManifestError extends Error {
  override name = 'ManifestError' as const;
}

/** Of a batch, whatever its rows come from. */
export const MAX_ROWS = 50_000;

/**
 * Reads a manifest. What is wrong with a row is a problem of that row alone.
 *
 * @throws ManifestError
 */
export function readManifest(bytes: Buffer, format: ManifestFormat): Manifest {
  const text = textOf(bytes);
  const found = format === 'csv' ? csvRows(text) : jsonRows(text);
  if (found.length === 0) throw new ManifestError('The manifest has no rows');
  if (found.length > MAX_ROWS)
    throw new ManifestError(
      `The manifest has ${found.length} rows, and ${MAX_ROWS} are the most; make several of it`,
    );
  return sortOut(found);
}

/** Those that would train the same person twice are a problem: it would be paid for twice. */
export function sortOut(found: readonly (ManifestRow | RowProblem)[]): Manifest {
  const right = found.filter((one): one is ManifestRow => !('message' in one));
  const twice = new Map<ManifestRow | undefined, ManifestRow | undefined>();
  for (const [place, first] of trainedTwice(right.map(({ request }) => request)))
    twice.set(right[place], right[first]);
  const problems = found.flatMap((one) => {
    if ('message' in one) return [one];
    const first = twice.get(one);
    if (first === undefined) return [];
    const message = `subject: ${one.request.subject} is in row ${first.row} already; to train it twice and pay twice, set another generation`;
    return [{ row: one.row, message }];
  });
  return { rows: right.filter((one) => !twice.has(one)), problems };
}

function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ManifestError('The manifest is not UTF-8; save it as UTF-8 (in a spreadsheet: "CSV UTF-8")');
  }
}

function csvRows(text: string): (ManifestRow | RowProblem)[] {
  const records = csvRecords(text);
  const [header] = records;
  if (header === undefined || header.every((name) => name.trim() === '')) return [];
  const columns = header.map((name) => name.trim());
  assertColumns(columns);
  return records.slice(1).flatMap((cells, index) => {
    const row = index + 2;
    if (cells.every((cell) => cell.trim() === '')) return [];
    if (cells.length !== columns.length)
      return { row, message: `has ${cells.length} cells, and there are ${columns.length} columns` };
    const record = Object.fromEntries(columns.map((column, at) => [column, (cells[at] ?? '').trim()]));
    return manifestRow(row, fieldsOf(record));
  });
}

function csvRecords(text: string): string[][] {
  try {
    return parse(text, { bom: true, relaxColumnCount: true, skipEmptyLines: false });
  } catch (error) {
    throw new ManifestError(`The manifest is not CSV: ${errorMessage(error)}`);
  }
}

/** As spreadsheets write it where the comma stands in numbers. */
const SEMICOLONS = /^subject;|;subject(;|$)/;

function assertColumns(columns: readonly string[]): void {
  if (columns.some((column) => SEMICOLONS.test(column)))
    throw new ManifestError(
      'The columns of the manifest are separated by semicolons; save it with commas (photos of a row are separated by semicolons)',
    );
  const unknown = columns.filter((column) => !Object.hasOwn(CSV_COLUMNS, column));
  if (unknown.length > 0)
    throw new ManifestError(
      `The manifest has unknown columns: ${unknown.map((name) => `"${name}"`).join(', ')}; there are ${Object.keys(CSV_COLUMNS).join(', ')}`,
    );
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new ManifestError(`The manifest has the column "${twice}" twice`);
  for (const needed of ['subject', 'photos'])
    if (!columns.includes(needed)) throw new ManifestError(`The manifest has no column "${needed}"`);
}

/** https://jsonlines.org */
function jsonRows(text: string): (ManifestRow | RowProblem)[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const row = index + 1;
    try {
      return [manifestRow(row, JSON.parse(line))];
    } catch {
      return [{ row, message: 'is not JSON' }];
    }
  });
}
