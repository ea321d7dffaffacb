import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

const cached: (Promise<Buffer> | undefined)[] = [];

/** A small good photo, different for each number: a gradient with a shape on it. */
export function photo(number: number): Promise<Buffer> {
  return (cached[number] ??= drawn(number));
}

async function drawn(number: number): Promise<Buffer> {
  const [width, height] = number % 2 === 0 ? [800, 600] : [600, 800];
  const pixels = Buffer.alloc(width * height * 3);
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const inShape = (x - 300) ** 2 + (y - 300) ** 2 < (60 + 5 * number) ** 2;
      // Byte by byte: an array for each pixel took half a second of every test file.
      pixels[at] = inShape ? 200 : x % 256;
      pixels[at + 1] = inShape ? 150 : y % 256;
      pixels[at + 2] = inShape ? 120 : (number * 37) % 256;
      at += 3;
    }
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg()
    .toBuffer();
}

/** Writes `photo-01.jpg` and so on into a folder and gives their references below `root`. */
export async function writePhotos(root: string, folder: string, count: number): Promise<string[]> {
  mkdirSync(path.join(root, folder), { recursive: true });
  const names = namesOf(count);
  for (const [index, name] of names.entries())
    writeFileSync(path.join(root, folder, name), await photo(index));
  return photosIn(folder, count);
}

/** References to those that `writePhotos` writes, whether they are there yet or not. */
export function photosIn(folder: string, count = 12): string[] {
  return namesOf(count).map((name) => `file:${folder}/${name}`);
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `photo-${String(index + 1).padStart(2, '0')}.jpg`);
}
