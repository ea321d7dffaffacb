import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';

/** Photos that take tens of milliseconds each to decode, so that a kill can come between two of them. */
export async function writeLargePhotos(root: string, folder: string, count: number): Promise<string[]> {
  mkdirSync(path.join(root, folder), { recursive: true });
  const names = Array.from({ length: count }, (_, index) => `large-${String(index + 1)}.jpg`);
  for (const [index, name] of names.entries()) {
    const background = { r: (index * 11) % 256, g: 90, b: 160 };
    const picture = sharp({ create: { width: 3000, height: 2250, channels: 3, background } });
    writeFileSync(path.join(root, folder, name), await picture.jpeg({ progressive: true }).toBuffer());
  }
  return names.map((name) => `file:${folder}/${name}`);
}
