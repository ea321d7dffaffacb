import { sharp } from './decoder';

/** Pixels with alpha, ready to be put on a sheet. */
export interface Label {
  data: Buffer;
  width: number;
  height: number;
}

export type DrawText = (markup: string, fontPx: number, maxWidth: number) => Promise<Label | undefined>;

/**
 * Draws one line of Pango markup, cut at `maxWidth`; undefined when it cannot be drawn. Text goes through Pango and
 * not through an SVG overlay, because the SVG loader stays blocked for the whole process.
 */
export const drawText: DrawText = async (markup, fontPx, maxWidth) => {
  try {
    // At 72 dpi a point is a pixel.
    const text = sharp({
      text: { text: markup, font: `sans ${fontPx}`, rgba: true, dpi: 72, wrap: 'none' },
    });
    const { data, info } = await text.raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    if (width <= maxWidth) return { data, width, height };
    // An overlay that is wider than its sheet is an error in sharp.
    const cut = sharp(data, { raw: { width, height, channels } }).extract({
      left: 0,
      top: 0,
      width: maxWidth,
      height,
    });
    return { data: await cut.raw().toBuffer(), width: maxWidth, height };
  } catch {
    return undefined;
  }
};

export const drawNothing: DrawText = () => Promise.resolve(undefined);

/**
 * Is there any font? A slim container has none, and Pango then draws the same empty box for every letter: a sheet
 * full of boxes is worse than one that says it in colors alone.
 */
export async function hasFonts(): Promise<boolean> {
  const [a, b] = await Promise.all([drawText('A', 20, 99), drawText('B', 20, 99)]);
  return a !== undefined && b !== undefined && !a.data.equals(b.data);
}

/** Any text as Pango markup that shows it: no tags, no control or direction characters, no half letters. */
export function plainMarkup(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, '\u00b7')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}

/** The whole text, or its two ends around an ellipsis: the end of a path tells more than its middle. */
export function shorten(text: string, maxLetters: number): string {
  const letters = Array.from(text);
  if (letters.length <= maxLetters) return text;
  const tail = Math.floor((maxLetters - 1) * 0.6);
  const head = maxLetters - 1 - tail;
  return [...letters.slice(0, head), '…', ...letters.slice(-tail)].join('');
}
