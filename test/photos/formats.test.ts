import { RECIPE } from '../../src/photos/recipe';
import { recipeId } from '../../src/photos/recipe-id';
import { sharp } from '../../src/photos/decoder';
import { inspect } from '../../src/photos/inspect';
import { judge, normalized } from './support/normalized';
import { decode, fromPixels, meanDifference, plain, unlikeCorners } from './support/pictures';

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
