import type { OverlayOptions } from 'sharp';
import { assertNever } from '../contract/assert-never';
import type { PhotoVerdict } from '../contract/photo';
import { sharp } from './decoder';
import { inspect } from './inspect';
import { thumbnail, type Thumbnail } from './sheet-thumbnail';
import { plainMarkup, shorten, type DrawText } from './sheet-text';

/**
 * One photo of a contact sheet: the input's bytes, and what came out (null if nothing did). Both are read when their
 * cell is drawn, because a folder of originals at once would take gigabytes.
 */
export interface SheetRow {
  name: string;
  original: () => Promise<Buffer | null>;
  normalized: () => Promise<Buffer | null>;
  verdict: PhotoVerdict['verdict'];
  reasons: PhotoVerdict['reasons'];
}

const PAD = 16;
const BOX = 240;
const TEXT_TOP = 14;
const PICTURES_TOP = 66;
const CAPTION_TOP = PICTURES_TOP + BOX + 8;

/** Pixels of one cell: two boxes side by side, two lines above them, one below. */
export const CELL = { width: 3 * PAD + 2 * BOX, height: CAPTION_TOP + 26 } as const;

/** A cell as RGB pixels, row by row. `number` counts from 1. Shows gray boxes for what cannot be shown. */
export async function drawCell(row: SheetRow, number: number, draw: DrawText): Promise<Buffer> {
  const [original, normalized] = [await row.original(), await row.normalized()];
  const picture = original ? await inspect(original) : undefined;
  const input = await thumbnail(picture?.readable ? original : null, BOX, '#f1f3f5');
  const output = await thumbnail(normalized, BOX, '#adb5bd', 1);
  const right = 2 * PAD + BOX;

  const overlays: OverlayOptions[] = [
    { input: block(CELL.width, 4, verdictColor(row.verdict)), left: 0, top: 0 },
    at(input, PAD, PICTURES_TOP),
    at(output, right, PICTURES_TOP),
  ];
  const write = async (markup: string, fontPx: number, left: number, top: number) => {
    const label = await draw(markup, fontPx, CELL.width - left - PAD);
    if (label) overlays.push(at({ ...label, channels: 4 }, left, top));
  };
  const stored = picture?.readable
    ? `${picture.format.toUpperCase()} ${picture.width} × ${picture.height}${turned(picture.orientation)}`
    : 'no preview';
  await write(title(row.name, number), 14, PAD, TEXT_TOP);
  await write(verdictLine(row), 12, PAD, TEXT_TOP + 24);
  await write(gray(stored), 11, PAD, CAPTION_TOP);
  await write(gray(normalized ? 'normalized' : 'nothing made of it'), 11, right, CAPTION_TOP);
  return sharp(block(CELL.width, CELL.height, '#ffffff'))
    .composite(overlays)
    .removeAlpha()
    .raw()
    .toBuffer();
}

function title(name: string, number: number): string {
  return `<span foreground="#868e96">${number}</span>  <b>${plainMarkup(shorten(name, 52))}</b>`;
}

function verdictLine({ verdict, reasons }: SheetRow): string {
  const word = `<span foreground="${verdictColor(verdict)}"><b>${verdict}</b></span>`;
  return reasons.length > 0 ? `${word}  ${gray(reasons.join(', '))}` : word;
}

function turned(orientation: number): string {
  return orientation === 1 ? '' : `, stored turned (EXIF ${orientation})`;
}

function gray(text: string): string {
  return `<span foreground="#495057">${plainMarkup(text)}</span>`;
}

/** Dark enough to be read as text on white (contrast over 4.5). */
function verdictColor(verdict: SheetRow['verdict']): string {
  switch (verdict) {
    case 'accepted':
      return '#2b8a3e';
    case 'warned':
      return '#b35c00';
    case 'rejected':
      return '#c92a2a';
    default:
      return assertNever(verdict);
  }
}

function block(width: number, height: number, background: string) {
  return { create: { width, height, channels: 3 as const, background } };
}

function at({ data, width, height, channels }: Thumbnail, left: number, top: number): OverlayOptions {
  return { input: data, raw: { width, height, channels }, left, top };
}
