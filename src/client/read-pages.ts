import { pageKey, type BatchRow, type BatchRows } from '../contract/batch';
import { RowsUnknownError } from './errors';

/** Reads an object of the store that the workers have; null where there is none under the key. */
export type ReadStore = (key: string) => Promise<Buffer | null>;

/** The rows of a batch as its pages have them. The page that was read last is kept: rows are asked for in their order. */
export class RowReader {
  private last: { page: number; rows: readonly BatchRow[] } | null = null;

  constructor(
    private readonly batch: Pick<BatchRows, 'manifest' | 'pages'>,
    private readonly readStore: ReadStore | null,
  ) {}

  /** @param index counted from 0 */
  async at(index: number): Promise<BatchRow> {
    const { manifest, pages } = this.batch;
    const page = pages.findLastIndex((first) => first <= index);
    const row = (await this.page(page))[index - (pages[page] ?? 0)];
    if (row === undefined) throw new RowsUnknownError(manifest);
    return row;
  }

  /** The place, from 1, of a row as the manifest counts it; null where the batch has none. Rows ascend. */
  async placeOf(row: number): Promise<number | null> {
    const { pages } = this.batch;
    let [low, high] = [0, pages.length - 1];
    // Of thousands in their order each would have its own search otherwise, and each step of it reads a page.
    let page = this.last?.page ?? Math.floor(high / 2);
    while (low <= high) {
      const first = pages[page] ?? 0;
      const numbers = (await this.page(page)).map((one, at) => one.row ?? first + at + 1);
      const at = numbers.indexOf(row);
      if (at !== -1) return first + at + 1;
      if (row < (numbers[0] ?? 0)) high = page - 1;
      else if (row > (numbers.at(-1) ?? 0)) low = page + 1;
      else return null;
      page = Math.floor((low + high) / 2);
    }
    return null;
  }

  private async page(page: number): Promise<readonly BatchRow[]> {
    if (this.last?.page === page) return this.last.rows;
    const { manifest } = this.batch;
    const bytes = await this.readStore?.(pageKey(manifest, page));
    if (bytes === null || bytes === undefined) throw new RowsUnknownError(manifest);
    const rows = JSON.parse(bytes.toString()) as BatchRow[];
    this.last = { page, rows };
    return rows;
  }
}
