import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure } from '../figures';
import { median } from '../median';
import { bareSharp } from './bare-sharp';
import { drawnPhotos } from './drawn-photos';
import { benchPool, cpuMsOf, WITH_FACES, WITHOUT_FACES } from './photo-run';

const PHOTOS = 6;
const ROUNDS = 8;

/** One photo through the pool and through bare sharp, in turn, so that a slow moment hits both. */
export async function jpegFigures(folder: string, say: (line: string) => void): Promise<Figure[]> {
  say('Drawing 12 MP photos');
  const photos = await drawnPhotos(PHOTOS);
  const files = photos.map((bytes, number) => {
    const file = path.join(folder, `jpeg-${number}.jpg`);
    writeFileSync(file, bytes);
    return file;
  });
  say(`Normalizing ${PHOTOS} photos, ${ROUNDS} rounds`);
  const pool = benchPool(1);
  const bare = bareSharp();
  const ratios: number[] = [];
  const ours: number[] = [];
  const withFaces: number[] = [];
  try {
    // The first ones pay for what is loaded once.
    for (const file of files.slice(0, 2))
      await Promise.all([cpuMsOf(pool, file, WITH_FACES), bare.cpuMs(file)]);
    for (let round = 0; round < ROUNDS; round += 1)
      for (const file of files) {
        const isFirst = round % 2 === 0; // who goes first changes, because the second one finds warm caches
        const before = isFirst ? await bare.cpuMs(file) : null;
        const cpuMs = await cpuMsOf(pool, file, WITHOUT_FACES);
        const bareMs = before ?? (await bare.cpuMs(file));
        ratios.push(cpuMs / bareMs);
        ours.push(cpuMs);
        withFaces.push((await cpuMsOf(pool, file, WITH_FACES)) - cpuMs);
      }
  } finally {
    bare.close();
    await pool.close();
  }
  return [
    figure('CPU for one 12 MP JPEG, to bare sharp', median(ratios), '×', 1.05),
    figure('CPU for one 12 MP JPEG', median(ours), 'ms'),
    figure('CPU of the face gate, per photo', median(withFaces), 'ms'),
  ];
}

function figure(name: string, value: number, unit: string, goal: number | null = null): Figure {
  return { name, value: Number(value.toFixed(unit === '×' ? 3 : 1)), unit, goal };
}
