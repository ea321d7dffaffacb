import { figure, type Figure } from '../figures';
import { watchChildMemory } from './child-memory';
import type { Look } from '../../photos/process/messages';
import { benchPool, look, WITH_FACES, WITHOUT_FACES } from './photo-run';

const PHOTOS = 20;
const PROCESSES = 2;

/** A set of 20 on two cores without the face gate, from the first file to the last answer; processes are there already. */
export async function setFigures(
  kind: string,
  files: readonly string[],
  goals: { goalS: number; goalMb: number | null },
): Promise<Figure[]> {
  const { seconds, peakMb } = await setCost(files, WITHOUT_FACES);
  return [
    figure(`${PHOTOS} × 12 MP ${kind}, ${PROCESSES} processes`, seconds, 's', goals.goalS),
    figure(`12 MP ${kind}: most memory of a process`, peakMb, 'MB', goals.goalMb),
  ];
}

/** The same with the face gate, as photos are looked at by default. */
export async function faceMemoryFigures(files: readonly string[]): Promise<Figure[]> {
  const { seconds, peakMb } = await setCost(files, WITH_FACES);
  return [
    figure(`${PHOTOS} × 12 MP JPEG with faces, ${PROCESSES} processes`, seconds, 's'),
    figure('12 MP JPEG with faces: most memory of a process', peakMb, 'MB'),
  ];
}

async function setCost(files: readonly string[], how: Look): Promise<{ seconds: number; peakMb: number }> {
  const pool = benchPool(PROCESSES);
  try {
    const [first = ''] = files;
    await Promise.all([look(pool, first, how), look(pool, first, how)]);
    const set = Array.from({ length: PHOTOS }, (_, index) => files[index % files.length] ?? first);
    const startedMs = performance.now();
    const memory = watchChildMemory();
    await Promise.all(set.map((file) => look(pool, file, how)));
    const seconds = (performance.now() - startedMs) / 1000;
    return { seconds, peakMb: memory.stop() / 1024 ** 2 };
  } finally {
    await pool.close();
  }
}
