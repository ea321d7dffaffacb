import { sharp } from '../photos/decoder';
import { normalizePhoto } from '../photos/normalize';
import { RECIPE } from '../photos/recipe';
import { benchPhotos } from './bench-photos';
import type { Figure } from './figures';
import { median } from './median';

const PHOTOS = 6;
const ROUNDS = 8;

/** One photo normalized by us and by one bare call of sharp, in turn, so that a slow moment hits both. */
export async function photoFigures(say: (line: string) => void): Promise<Figure[]> {
  say('Drawing 12 MP photos');
  const photos = await benchPhotos(PHOTOS);
  const megabytes = photos.reduce((sum, { length }) => sum + length, 0) / photos.length / 1e6;
  say(`Normalizing ${PHOTOS} photos of ${megabytes.toFixed(1)} MB, ${ROUNDS} rounds`);
  const ours: Cost[] = [];
  const bare: Cost[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const photo of photos) {
      // Who goes first changes, because the second one finds warm caches.
      const pair = round % 2 === 0 ? [ours, bare] : [bare, ours];
      for (const list of pair)
        list.push(await costOf(list === ours ? () => normalizePhoto(photo) : () => bareSharp(photo)));
    }
  }
  const ratios = ours.map(({ cpuMs }, index) => cpuMs / (bare[index]?.cpuMs ?? cpuMs));
  return [
    figure('CPU for one 12 MP JPEG, to bare sharp', median(ratios), '×', 1.05),
    figure('CPU for one 12 MP JPEG', median(ours.map(({ cpuMs }) => cpuMs)), 'ms'),
    figure('wall time for one 12 MP JPEG', median(ours.map(({ wallMs }) => wallMs)), 'ms'),
  ];
}

interface Cost {
  cpuMs: number;
  wallMs: number;
}

async function costOf(work: () => Promise<unknown>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - startedMs };
}

function bareSharp(photo: Buffer): Promise<Buffer> {
  const white = { r: 255, g: 255, b: 255 };
  return sharp(photo)
    .autoOrient()
    .resize(RECIPE.size, RECIPE.size, { fit: 'contain', background: white })
    .flatten({ background: white })
    .jpeg({ quality: RECIPE.quality, chromaSubsampling: RECIPE.chromaSubsampling })
    .toBuffer();
}

function figure(name: string, value: number, unit: string, goal: number | null = null): Figure {
  return { name, value: Number(value.toFixed(unit === '×' ? 3 : 1)), unit, goal };
}
