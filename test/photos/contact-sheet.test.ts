import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contactSheet, MAX_SHEET_ROWS, type SheetRow } from '../../src/photos/contact-sheet';
import { sharp } from '../../src/photos/decoder';
import { CELL } from '../../src/photos/sheet-cell';
import { drawText, hasFonts, plainMarkup, shorten } from '../../src/photos/sheet-text';
import { normalized } from './support/normalized';
import { plainJpeg } from './support/pictures';

const holding = (bytes: Buffer | null) => () => Promise.resolve(bytes);

const missing: SheetRow = {
  name: 'gone.jpg',
  original: holding(null),
  normalized: holding(null),
  verdict: 'rejected',
  reasons: ['not-found'],
};

async function sheet(rows: SheetRow[]) {
  const bytes = await contactSheet(rows);
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = (x: number, y: number) => [
    ...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3),
  ];
  return { width: info.width, height: info.height, at };
}

const LEFT = 28;
const TOP = 64;

test('shows the input beside the normalized photo, under the color of its verdict', async () => {
  const original = await plainJpeg(800, 600, { r: 30, g: 160, b: 60 });
  const row: SheetRow = {
    name: 'a.jpg',
    original: holding(original),
    normalized: holding(await normalized(original)),
    verdict: 'accepted',
    reasons: [],
  };
  const { width, at } = await sheet([row]);
  expect(width).toBe(2 * LEFT + CELL.width);

  const [red = 0, green = 0] = at(LEFT + 100, TOP + 2);
  expect(green - red).toBeGreaterThan(60);
  const [left, right] = [LEFT + 16 + 120, LEFT + 32 + 240 + 120];
  for (const x of [left, right]) {
    const [r = 0, g = 0] = at(x, TOP + 66 + 120);
    expect(g - r).toBeGreaterThan(90);
  }
  // The white padding of the normalized photo, with its frame around it.
  expect(Math.min(...at(right, TOP + 66 + 10))).toBeGreaterThan(250);
  expect(Math.max(...at(right, TOP + 66))).toBeLessThan(215);
});

test.each([
  [0, 1, 0],
  [1, 1, 1],
  [2, 2, 1],
  [4, 3, 2],
  [MAX_SHEET_ROWS + 7, 3, 34],
])('%i photos: %i columns, %i rows', async (photos, columns, rows) => {
  const { width, height } = await sheet(Array.from({ length: photos }, () => missing));
  expect(width).toBe(2 * LEFT + columns * CELL.width + (columns - 1) * 20);
  expect(height).toBe(TOP + LEFT + rows * CELL.height + Math.max(0, rows - 1) * 20);
});

test('what cannot be decoded is a gray box', async () => {
  const { at } = await sheet([{ ...missing, original: holding(Buffer.from('not a photo')) }]);
  for (const x of [LEFT + 136, LEFT + 392]) {
    const pixel = at(x, TOP + 186);
    expect(Math.max(...pixel) - Math.min(...pixel)).toBeLessThan(12);
    expect(Math.max(...pixel)).toBeLessThan(235);
  }
});

test('a name is shown as it is, whatever it has in it', async () => {
  expect(plainMarkup('<b>&amp;\u202e\0\ud800x')).toBe('&lt;b&gt;&amp;amp;···x');
  expect(shorten('a'.repeat(30) + 'b'.repeat(30), 11)).toBe('aaaa…bbbbbb');
  const names = [
    '<b>&</b>',
    '</span>',
    '\0\x01',
    '\ud800',
    '',
    '&#0;',
    '\u{1f600}',
    'W'.repeat(500),
    '"\'`',
    'a\nb',
  ];
  const { width } = await sheet(names.map((name) => ({ ...missing, name })));
  expect(width).toBeGreaterThan(1000);
});

test('text is cut where its room ends, and broken markup draws nothing', async () => {
  expect((await drawText('W'.repeat(400), 14, 200))?.width).toBe(200);
  expect(await drawText('<b>', 14, 200)).toBeUndefined();
});

test('without any font the sheet has colors and pictures, and no boxes for letters', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-fonts-'));
  const config = path.join(folder, 'fonts.conf');
  writeFileSync(config, '<?xml version="1.0"?><fontconfig></fontconfig>');
  const photos = path.join(__dirname, '../../src/photos');
  const script = `
    const { hasFonts } = require(${JSON.stringify(path.join(photos, 'sheet-text.ts'))});
    const { contactSheet } = require(${JSON.stringify(path.join(photos, 'contact-sheet.ts'))});
    const rows = [{ name: 'a', original: async () => null, normalized: async () => null, verdict: 'rejected', reasons: ['empty'] }];
    Promise.all([hasFonts(), contactSheet(rows)]).then(([fonts, sheet]) => console.log(fonts, sheet.length > 1000));`;
  const hook = path.join(__dirname, 'support/load-typescript.js');
  const out = execFileSync(process.execPath, ['-r', hook, '-e', script], {
    env: { ...process.env, FONTCONFIG_FILE: config, XDG_CACHE_HOME: folder },
    encoding: 'utf8',
  });
  expect(out.trim()).toBe('false true');
});

test('fonts are found where there are some', async () => {
  expect(typeof (await hasFonts())).toBe('boolean');
});
