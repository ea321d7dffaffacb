import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sharp } from '../photos/decoder';

/** The environment of a worker that takes pictures without a face. */
export const ANY_PICTURE = { DARKROOM_GATES: 'all=off' } as const;

/** Ten plain pictures, as few as APIFRAME takes, where the pictures do not matter. */
export async function smallPhotos(): Promise<Buffer[]> {
  return Promise.all(
    Array.from({ length: 10 }, (_, number) =>
      sharp({
        create: { width: 640, height: 640, channels: 3, background: { r: 20 * number, g: 120, b: 140 } },
      })
        .jpeg()
        .toBuffer(),
    ),
  );
}

/** Puts photos where a worker reads them, and gives their references. */
export function writePhotos(photosDir: string, folder: string, photos: readonly Buffer[]): string[] {
  mkdirSync(path.join(photosDir, folder), { recursive: true });
  return photos.map((bytes, number) => {
    writeFileSync(path.join(photosDir, folder, `${number}.jpg`), bytes);
    return `file:${folder}/${number}.jpg`;
  });
}
