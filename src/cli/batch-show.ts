import type { Darkroom, ListedRow, RowState } from '../client';
import { printable } from '../printable';
import { allRows } from './all-rows';
import { batchBar } from './batch-bar';
import { withDarkroom, type HomeOption } from './reach';
import { textTable } from './text-table';

interface ShowOptions extends HomeOption {
  rows?: true;
  state?: RowState;
  json?: true;
}

/** `darkroom batch show ID`: the whole, and with --rows each of its rows. */
export async function batchShow(id: string, { rows, state, json, ...options }: ShowOptions): Promise<void> {
  const isOfRows = rows === true || state !== undefined;
  await withDarkroom(options, async (darkroom) => {
    const status = await darkroom.batch(id);
    if (json === true) {
      const listed = isOfRows ? { list: await collected(darkroom, id, state) } : {};
      process.stdout.write(`${JSON.stringify({ ...status, ...listed }, null, 2)}\n`);
      return;
    }
    if (process.stdout.isTTY) process.stdout.write(`${batchBar(status)}\n`);
    process.stdout.write(`${status.line}\n`);
    if (!isOfRows) return;
    let head: string[][] = [['row', 'subject', 'state', 'credits', 'training']];
    for await (const page of allRows(darkroom, id, state)) {
      for (const line of textTable([...head, ...page.map(cells)])) process.stdout.write(`${line}\n`);
      head = [];
    }
  });
}

async function collected(darkroom: Darkroom, id: string, state: RowState | undefined): Promise<ListedRow[]> {
  const list: ListedRow[] = [];
  for await (const page of allRows(darkroom, id, state)) list.push(...page);
  return list;
}

function cells({ row, subject, state, creditsSpent, id }: ListedRow): string[] {
  return [String(row), printable(subject), state, String(creditsSpent), state === 'waiting' ? '–' : id];
}
