import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sharp } from '../../src/photos/decoder';
import { inspect } from '../../src/photos/inspect';
import { maxPhotoBytes } from '../../src/photos/limits';
import { tiffWithSelections } from './support/extra-channels';
import { judge } from './support/normalized';
import {
  claiming,
  claimingHeif,
  fromPixels,
  giantPng,
  giantWebp,
  heifHeader,
  plain,
  plainJpeg,
  unlikeCorners,
} from './support/pictures';

const text = (content: string) => Buffer.from(content, 'utf8');
const marked = (mark: string) => Buffer.concat([Buffer.from(mark, 'latin1'), Buffer.alloc(600, 1)]);
const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"><rect width="900" height="900"/></svg>';

function bitmap(): Buffer {
  const header = Buffer.alloc(54);
  header.write('BM', 'latin1');
  header.writeUInt32LE(54, 10);
  header.writeUInt32LE(40, 14);
  return header;
}

test.each([
  ['nothing at all', Buffer.alloc(0), 'empty'],
  ['text', text('Dear diary, this is not a photo. '.repeat(40)), 'not-an-image'],
  ['one byte', text('x'), 'not-an-image'],
  ['zeros', Buffer.alloc(5000), 'not-an-image'],
  ['a web page', text('<!DOCTYPE html><html><body><p>404</p></body></html>'), 'not-an-image'],
  ['a web page with a drawing in it', text(`<html><body>${SVG}</body></html>`), 'not-an-image'],
  [
    'text that begins like a bitmap',
    text('BMW and other cars, a list of what we saw on the road'),
    'not-an-image',
  ],
  ['a video', heifHeader('isom'), 'not-an-image'],
  ['SVG', text(SVG), 'unsupported-format'],
  [
    'SVG behind a byte order mark, a declaration and a comment',
    text(`\uFEFF\n<?xml version="1.0"?>\n<!-- <html> -->\n<!DOCTYPE svg>${SVG}`),
    'unsupported-format',
  ],
  ['GIF', marked('GIF89a'), 'unsupported-format'],
  ['PDF', marked('%PDF-1.7\n'), 'unsupported-format'],
  ['BMP', bitmap(), 'unsupported-format'],
  ['Photoshop', marked('8BPS\0\x01'), 'unsupported-format'],
  ['JPEG XL', marked('\0\0\0\x0cJXL \r\n\x87\n'), 'unsupported-format'],
  ['Canon raw inside a TIFF', marked('II*\0\x10\0\0\0CR\x02\0'), 'unsupported-format'],
  ['a HEIC with nothing in it', heifHeader('heic'), 'damaged'],
  ['an AVIF with nothing in it', heifHeader('avif'), 'damaged'],
  ['a JPEG header alone', marked('\xff\xd8\xff\xe0'), 'damaged'],
  ['a PNG header alone', marked('\x89PNG\r\n\x1a\n'), 'damaged'],
  ['a TIFF header alone', marked('II*\0'), 'damaged'],
])('%s', async (_what, bytes, reason) => {
  expect(await judge(bytes)).toBe(`rejected: ${reason}`);
});

describe('a raw file of a camera, which is a TIFF with a preview in front', () => {
  /** A TIFF of one small picture that says whether there is a larger one in the file. */
  const raw = async (subfileType: number, isAlone = false) => {
    const tiff = await plain(640, 640).tiff({ compression: 'lzw' }).toBuffer();
    const directory = tiff.readUInt32LE(4);
    const count = tiff.readUInt16LE(directory);
    const entries = tiff.subarray(directory + 2, directory + 2 + count * 12);
    const entry = Buffer.from([254, 0, 4, 0, 1, 0, 0, 0, subfileType, 0, 0, 0]);
    const size = Buffer.from([count + 1, 0]);
    // What follows the directory is where the next picture is; here the first one once more.
    const next = Buffer.from([...tiff.subarray(4, 8)].map((byte) => (isAlone ? 0 : byte)));
    const longer = Buffer.concat([tiff, size, entry, entries, next]);
    longer.writeUInt32LE(tiff.length, 4);
    return longer;
  };

  test('is not read', async () => {
    expect(await judge(await raw(1))).toBe('rejected: unsupported-format');
    expect(await judge(await raw(0, true))).toBe('accepted');
    // Some programs write the word for a copy beside the only picture.
    expect(await judge(await raw(1, true))).toBe('accepted');
  });
});

describe('a file that breaks off is damaged', () => {
  const picture = fromPixels(unlikeCorners(900, 600));
  test.each([
    ['JPEG', () => picture.clone().jpeg().toBuffer()],
    ['progressive JPEG', () => picture.clone().jpeg({ progressive: true }).toBuffer()],
    ['PNG', () => picture.clone().png().toBuffer()],
    ['WebP', () => picture.clone().webp().toBuffer()],
    ['TIFF', () => picture.clone().tiff({ compression: 'lzw' }).toBuffer()],
    ['AVIF', () => picture.clone().avif({ effort: 0 }).toBuffer()],
  ])('%s', async (_format, make) => {
    const whole = await make();
    expect(await judge(whole)).toBe('accepted');
    for (const part of [0.3, 0.6, 0.9]) {
      expect(await judge(whole.subarray(0, whole.length * part))).toBe('rejected: damaged');
    }
  });
});

describe('too much', () => {
  test('bytes', async () => {
    const jpeg = await plainJpeg(800, 600);
    const padded = (size: number) => Buffer.concat([jpeg, Buffer.alloc(size - jpeg.length)]);
    expect(await judge(padded(maxPhotoBytes))).toBe('accepted');
    expect(await judge(padded(maxPhotoBytes + 1))).toBe('rejected: too-many-bytes');
  });

  test.each([
    ['PNG of 16383 × 16383', giantPng(16_383, 16_383)],
    ['PNG of 65500 × 65500', giantPng(65_500, 65_500)],
    ['PNG just over 50 megapixels', giantPng(7_072, 7_072)],
    ['WebP of 38 bytes', giantWebp()],
  ])('pixels: a %s is not decoded', async (_what, bytes) => {
    // Nearly all of its pixels are missing: who decodes it says that it is damaged.
    expect(await judge(bytes)).toBe('rejected: too-many-pixels');
  });

  test('pixels just below the limit are left to the decoder', async () => {
    expect(await inspect(giantPng(7_071, 7_071))).toMatchObject({ readable: true, width: 7_071 });
  });

  test('a baseline JPEG may have more pixels than a progressive one', async () => {
    const baseline = await plainJpeg(800, 600);
    const progressive = await plain(800, 600).jpeg({ progressive: true }).toBuffer();
    expect(await inspect(claiming(baseline, 20_000, 11_000))).toMatchObject({ readable: true });
    expect(await judge(claiming(baseline, 20_000, 11_001))).toBe('rejected: too-many-pixels');
    expect(await inspect(claiming(progressive, 10_000, 5_000))).toMatchObject({ readable: true });
    expect(await judge(claiming(progressive, 10_000, 5_001))).toBe('rejected: too-many-pixels');
  });

  test.each([
    ['an AVIF', () => plain(64, 48).avif({ effort: 0 }).toBuffer(), [5_000, 5_000]],
    ['a HEIC', () => readFile(path.join(__dirname, 'support/heic/plain.heic')), [10_000, 5_000]],
  ] as const)('%s holds several whole planes in memory, so it may have less', async (_what, make, [w, h]) => {
    const bytes = await make();
    expect(await inspect(claimingHeif(bytes, w, h))).toMatchObject({ readable: true, width: w, height: h });
    expect(await judge(claimingHeif(bytes, w + 1, h))).toBe('rejected: too-many-pixels');
  });
});

/** 1 × 1 pixels. */
const GIF = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

test.each([
  ['SVG', text(SVG)],
  ['GIF', GIF],
  ['PDF', text('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>')],
])('a %s cannot be opened in this process, even past our own look at the bytes', async (_format, bytes) => {
  await expect(sharp(bytes).metadata()).rejects.toThrow('unsupported image format');
});

test('a TIFF with extra channels, as an editor keeps its selections, is refused in words', async () => {
  const five = tiffWithSelections();
  expect((await sharp(five).metadata()).channels).toBe(5);
  expect(await judge(five)).toBe('rejected: unsupported-format');
});

test('what a decoder only warns about is no reason to refuse a photo', async () => {
  const jpeg = await plainJpeg(640, 640);
  const tables = jpeg.indexOf(Buffer.from([0xff, 0xc4]));
  const odd = Buffer.concat([jpeg.subarray(0, tables), Buffer.alloc(4), jpeg.subarray(tables)]);
  await expect(sharp(odd, { failOn: 'warning' }).raw().toBuffer()).rejects.toThrow('extraneous bytes');
  expect(await judge(odd)).toBe('accepted');
});
