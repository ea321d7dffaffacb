import { readFileSync } from 'node:fs';
import path from 'node:path';
import { u32 } from '../../src/bench/photos/boxes';
import { RECIPE } from '../../src/photos/recipe';
import { recipeId } from '../../src/photos/recipe-id';
import { sharp } from '../../src/photos/decoder';
import { inspect } from '../../src/photos/inspect';
import { animatedPng } from './support/animated-png';
import { withTrack } from './support/heif-track';
import { framed, judge, normalized } from './support/normalized';
import { decode, fromPixels, meanDifference, plain, pngChunk, unlikeCorners } from './support/pictures';

const photo = unlikeCorners(900, 600);
const WRITERS = {
  jpeg: () => fromPixels(photo).jpeg({ quality: 98 }),
  png: () => fromPixels(photo).png(),
  webp: () => fromPixels(photo).webp({ quality: 98 }),
  avif: () => fromPixels(photo).avif({ quality: 90, effort: 0 }),
  tiff: () => fromPixels(photo).tiff({ compression: 'lzw' }),
} as const;

test.each(Object.entries(WRITERS))('%s is read, and comes out like the others', async (format, write) => {
  const bytes = await write().toBuffer();
  const picture = await inspect(bytes);
  expect(picture).toMatchObject({ readable: true, format, width: 900, height: 600, pages: 1, icc: null });
  expect(await judge(bytes)).toBe('accepted');

  const reference = await decode(await normalized(await WRITERS.png().toBuffer()));
  const pixels = await decode(await normalized(bytes));
  expect(meanDifference(pixels.data, reference.data)).toBeLessThan(4);
});

test('10-bit AVIF and progressive JPEG are read', async () => {
  expect(await judge(await fromPixels(photo).avif({ bitdepth: 10, effort: 0 }).toBuffer())).toBe('accepted');
  const progressive = await fromPixels(photo).jpeg({ progressive: true }).toBuffer();
  expect(await judge(progressive)).toBe('accepted');
});

test.each(['webp', 'tiff'] as const)('of a %s with several pictures the first is used', async (format) => {
  const frames = Buffer.concat([Buffer.alloc(600 * 600 * 3, 40), Buffer.alloc(600 * 600 * 3, 220)]);
  const raw = { width: 600, height: 1200, channels: 3, pageHeight: 600 } as const;
  const bytes = await sharp(frames, { raw }).toFormat(format).toBuffer();
  expect(await judge(bytes)).toBe('warned: first-frame-only');
  const { data } = await decode(await normalized(bytes));
  expect(data[0]).toBeLessThan(60);
});

describe('of an animation the first picture is used', () => {
  const gray = (shade: number) => plain(600, 600, { r: shade, g: shade, b: shade });
  const dark = () => gray(40).avif({ effort: 0 }).toBuffer();
  const video = async (handler: 'pict' | 'vide', brand: string) => withTrack(await dark(), handler, brand);

  test('PNG', async () => {
    const [first, second] = [await gray(40).png().toBuffer(), await gray(220).png().toBuffer()];
    const bytes = animatedPng(first, second);
    expect(await judge(bytes)).toBe('warned: first-frame-only');
    expect((await framed(bytes))[0]).toBe(40);
  });

  test('but a PNG is not animated that says so behind its pixels, where no reader looks', async () => {
    const png = await gray(40).png().toBuffer();
    const late = Buffer.concat([png.subarray(0, -12), pngChunk('acTL', u32(2, 0)), png.subarray(-12)]);
    expect(await judge(late)).toBe('accepted');
  });

  test('AVIF', async () => {
    const bytes = await video('pict', 'avif');
    expect(await inspect(bytes)).toMatchObject({ readable: true, pages: 3 });
    expect(await judge(bytes)).toBe('warned: first-frame-only');
    expect((await framed(bytes)).equals(await framed(await dark()))).toBe(true);
  });

  test('but an AVIF is not read that calls itself an animation first of all', async () => {
    expect(await judge(await video('pict', 'avis'))).toBe('rejected: unsupported-format');
  });

  test('HEIC', async () => {
    const heic = readFileSync(path.join(__dirname, 'support/heic/plain.heic'));
    for (const brand of ['heic', 'msf1', 'hevc']) {
      const bytes = withTrack(heic, 'pict', brand);
      expect(await judge(bytes)).toBe('rejected: too-small, first-frame-only');
      expect((await framed(bytes)).equals(await framed(heic))).toBe(true);
    }
  });

  test('but the video of a motion photo makes none of it', async () => {
    expect(await judge(await video('vide', 'avif'))).toBe('accepted');
  });
});

test.each([
  [256, 900, 'rejected: too-small'],
  [900, 511, 'rejected: too-small'],
  [511, 900, 'rejected: too-small'],
  [512, 512, 'accepted'],
  [1, 1, 'rejected: too-small'],
  [1, 20_000, 'rejected: too-small'],
])('%i × %i pixels: %s', async (width, height, verdict) => {
  expect(await judge(await plain(width, height).png().toBuffer())).toBe(verdict);
});

test('a small photo is enlarged to the whole square', async () => {
  const { data } = await decode(await normalized(await plain(300, 300).png().toBuffer()));
  expect(data[0]).toBeLessThan(200);
});

test('the same bytes give the same JPEG, also several at a time', async () => {
  const bytes = await WRITERS.jpeg().toBuffer();
  const [first, ...others] = await Promise.all([1, 2, 3, 4].map(() => normalized(bytes)));
  for (const other of others) expect(other.equals(first as Buffer)).toBe(true);
});

test('the recipe has a name with its revision and the versions of the libraries', () => {
  expect(recipeId().startsWith(`r${RECIPE.revision}-vips${sharp.versions.vips}-heif`)).toBe(true);
  expect(recipeId()).toMatch(/^r\d+-vips[\d.]+-heif[\d.]+-faces[\d.]+-[\d.]+$/);
});
