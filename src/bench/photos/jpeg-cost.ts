import { median } from '../median';
import { figure, type Figure } from '../figures';
import { bareSharp, type BareSharp } from './bare-sharp';
import { cFloor } from './c-floor';
import { inDisplayP3 } from './drawn-files';
import { besidesMs } from './gates-cost';
import { benchPool, cpuMsOf, WITH_FACES, WITHOUT_FACES } from './photo-run';
import type { PhotoPool } from '../../photos/process/photo-pool';

const ROUNDS = 8;

/** One photo through the pool and through bare sharp, in turn, so that a slow moment hits both. */
export async function jpegFigures(
  folder: string,
  files: readonly string[],
  say: (line: string) => void,
): Promise<Figure[]> {
  say(`Normalizing ${files.length} JPEGs, ${ROUNDS} rounds`);
  const pool = benchPool(1);
  const bare = bareSharp();
  const floor = cFloor(folder);
  if (floor === null) say('No C compiler with libjpeg: the C floor is not measured');
  try {
    // The first ones pay for what is loaded once.
    for (const file of files) await Promise.all([cpuMsOf(pool, file, WITH_FACES), bare.cpuMs(file)]);
    const plain = await pairs(files, pool, bare, floor);
    const p3 = await pairs(await inDisplayP3(files), pool, bare, null);
    const besides: number[] = [];
    const faces: number[] = [];
    for (const file of files) {
      besides.push(await besidesMs(file));
      faces.push((await cpuMsOf(pool, file, WITH_FACES)) - (await cpuMsOf(pool, file, WITHOUT_FACES)));
    }
    const besidesMedian = median(besides);
    const toBare = (pairsOf: readonly Pair[], lessMs: number) =>
      median(pairsOf.map(({ ours, theirs }) => (ours - lessMs) / theirs));
    const toFloor = plain.flatMap(({ ours, least }) => (least === null ? [] : [ours / least]));
    return [
      figure(
        '12 MP JPEG: CPU to normalize it, pool included, to bare sharp',
        toBare(plain, besidesMedian),
        '×',
        1.05,
      ),
      figure('12 MP JPEG: the same with gates (not faces) and preview', toBare(plain, 0), '×'),
      ...(toFloor.length === 0
        ? []
        : [figure('12 MP JPEG: all of that to the C floor', median(toFloor), '×', 1.35)]),
      figure(
        "12 MP JPEG in Display-P3: CPU to normalize it, to bare sharp's default",
        toBare(p3, besidesMedian),
        '×',
        0.95,
      ),
      figure('12 MP JPEG in Display-P3: the same with gates (not faces) and preview', toBare(p3, 0), '×'),
      figure('12 MP JPEG: CPU of all', median(plain.map(({ ours }) => ours)), 'ms'),
      figure('CPU of the gates but faces, and of the preview, per photo', besidesMedian, 'ms'),
      figure('CPU of the face gate, per photo', median(faces), 'ms'),
    ];
  } finally {
    bare.close();
    await pool.close();
  }
}

/** Milliseconds of processor time for one photo. */
interface Pair {
  ours: number;
  theirs: number;
  /** Of the C floor, where that is measured. */
  least: number | null;
}

/** Who goes first changes, because the second one finds warm caches. */
async function pairs(
  files: readonly string[],
  pool: PhotoPool,
  bare: BareSharp,
  floor: ((file: string) => number) | null,
): Promise<Pair[]> {
  const measured: Pair[] = [];
  for (let round = 0; round < ROUNDS; round += 1)
    for (const file of files) {
      const before = round % 2 === 0 ? await bare.cpuMs(file) : null;
      const ours = await cpuMsOf(pool, file, WITHOUT_FACES);
      const theirs = before ?? (await bare.cpuMs(file));
      measured.push({ ours, theirs, least: floor?.(file) ?? null });
    }
  return measured;
}
