import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { judge, normalized } from './support/normalized';
import { decode, meanDifference } from './support/pictures';

/** Real camera files that lie beside a checkout, not in it; without them there are no tests here but the last. */
const corpus = path.join(__dirname, '../../../shared/photos');

function photosIn(folder: string): string[] {
  const place = path.join(corpus, folder);
  return existsSync(place) ? readdirSync(place).map((name) => path.join(folder, name)) : [];
}

const read = (photo: string) => readFileSync(path.join(corpus, photo));
const readable = [
  ...photosIn('originals'),
  ...photosIn('orientation'),
  ...photosIn('formats'),
  ...photosIn('face'),
];

const EXCEPTIONS: Record<string, string> = { 'formats/thin.png': 'rejected: too-small' };

for (const photo of readable) {
  const verdict = EXCEPTIONS[photo] ?? 'accepted';
  test(`${photo}: ${verdict}`, async () => {
    expect(await judge(read(photo))).toBe(verdict);
  });
}

for (const photo of photosIn('heic')) {
  test(`${photo}: unsupported`, async () => {
    expect(await judge(read(photo))).toBe('rejected: unsupported-format');
  });
}

for (const photo of photosIn('orientation').filter((name) => !/_[01]\./.test(name))) {
  test(`${photo} looks like the upright one`, async () => {
    const turned = await decode(await normalized(read(photo)));
    const upright = await decode(await normalized(read(photo.replace(/_\d/, '_1'))));
    // The files carry their own number in large digits, which is most of the difference that remains.
    expect(meanDifference(turned.data, upright.data)).toBeLessThan(6);
  });
}

test('the tests above are there exactly when the photos are', () => {
  expect(readable.length > 0).toBe(existsSync(corpus));
});
