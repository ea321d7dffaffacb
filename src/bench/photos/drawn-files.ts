import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { sharp } from '../../photos/decoder';
import { drawnPhotos } from './drawn-photos';

/** Drawn 12 MP photos as files, untagged. */
export async function drawnFiles(folder: string, count: number): Promise<string[]> {
  const photos = await drawnPhotos(count);
  return photos.map((bytes, number) => {
    const file = path.join(folder, `drawn-${number}.jpg`);
    writeFileSync(file, bytes);
    return file;
  });
}

/** The same pictures in Display-P3, as iPhones save them. */
export function inDisplayP3(files: readonly string[]): Promise<string[]> {
  return Promise.all(
    files.map(async (file) => {
      const to = file.replace(/\.jpg$/, '-p3.jpg');
      await sharp(file).withIccProfile('p3').jpeg({ quality: 88 }).toFile(to);
      return to;
    }),
  );
}
