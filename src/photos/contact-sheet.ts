import { sharp } from './decoder';
import { CELL, drawCell, type SheetRow } from './sheet-cell';
import { drawNothing, drawText, hasFonts } from './sheet-text';

export type { SheetRow } from './sheet-cell';

/** More would pass the 65,535 rows of a JPEG at some point, and long before that nobody looks at it. */
export const MAX_SHEET_ROWS = 100;

const COLUMNS = 3;
const GAP = 20;
const MARGIN = 28;
const HEADER = 64;
const BACKGROUND = 0xe9;

/**
 * One JPEG that shows each photo beside what became of it, at most the first 100, three in a row. The header counts
 * them all. Never throws for a photo that cannot be shown; without fonts it comes out without text.
 */
export async function contactSheet(rows: readonly SheetRow[]): Promise<Buffer> {
  const draw = (await hasFonts()) ? drawText : drawNothing;
  const shown = rows.slice(0, MAX_SHEET_ROWS);
  const columns = Math.max(1, Math.min(COLUMNS, shown.length));
  const lines = Math.ceil(shown.length / columns);
  const width = 2 * MARGIN + columns * (CELL.width + GAP) - GAP;
  const height = HEADER + lines * (CELL.height + GAP) + MARGIN - (lines > 0 ? GAP : 0);

  const pixels = Buffer.alloc(width * height * 3, BACKGROUND);
  for (const [index, row] of shown.entries()) {
    const left = MARGIN + (index % columns) * (CELL.width + GAP);
    const top = HEADER + Math.floor(index / columns) * (CELL.height + GAP);
    // One at a time: each holds a decoded photo.
    copyCell(await drawCell(row, index + 1, draw), pixels, width, left, top);
  }

  const header = await draw(headline(rows), 16, width - 2 * MARGIN);
  const sheet = sharp(pixels, { raw: { width, height, channels: 3 }, limitInputPixels: false });
  if (header) {
    const raw = { width: header.width, height: header.height, channels: 4 } as const;
    sheet.composite([{ input: header.data, raw, left: MARGIN, top: 24 }]);
  }
  return sheet.jpeg({ quality: 88, chromaSubsampling: '4:4:4' }).toBuffer();
}

function copyCell(cell: Buffer, sheet: Buffer, sheetWidth: number, left: number, top: number): void {
  const rowBytes = CELL.width * 3;
  for (let y = 0; y < CELL.height; y++) {
    cell.copy(sheet, ((top + y) * sheetWidth + left) * 3, y * rowBytes, (y + 1) * rowBytes);
  }
}

function headline(rows: readonly SheetRow[]): string {
  const count = (verdict: SheetRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const rest = rows.length > MAX_SHEET_ROWS ? `, first ${MAX_SHEET_ROWS} shown` : '';
  const verdicts = `${count('accepted')} accepted, ${count('warned')} warned, ${count('rejected')} rejected`;
  return `<b>${rows.length} photos</b>  <span foreground="#495057">${verdicts}${rest}</span>`;
}
