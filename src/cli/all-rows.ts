import type { Darkroom, ListedRow, RowState } from '../client';

const AT_ONCE = 1000;

/** All rows of a batch that are in this state, a page at a time. */
export async function* allRows(
  darkroom: Darkroom,
  id: string,
  state: RowState | undefined,
): AsyncGenerator<ListedRow[]> {
  let cursor: string | null = '0';
  while (cursor !== null) {
    const page = await darkroom.batchRows(id, { state, limit: AT_ONCE, cursor });
    if (page.rows.length > 0) yield page.rows;
    ({ cursor } = page);
  }
}
