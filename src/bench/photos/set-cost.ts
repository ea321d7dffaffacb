import { figure, type Figure } from '../figures';
import { watchChildMemory } from './child-memory';
import { benchPool, look, WITHOUT_FACES } from './photo-run';

const PHOTOS = 20;
const PROCESSES = 2;

/** A set of 20 on two cores without the face gate, from the first file to the last answer; processes are there already. */
export async function setFigures(
  kind: string,
  files: readonly string[],
  goalS: number,
  goalMb: number | null,
): Promise<Figure[]> {
  const pool = benchPool(PROCESSES);
  try {
    const [first = ''] = files;
    await Promise.all([look(pool, first, WITHOUT_FACES), look(pool, first, WITHOUT_FACES)]);
    const set = Array.from({ length: PHOTOS }, (_, index) => files[index % files.length] ?? first);
    const startedMs = performance.now();
    const memory = watchChildMemory();
    await Promise.all(set.map((file) => look(pool, file, WITHOUT_FACES)));
    const seconds = (performance.now() - startedMs) / 1000;
    const peakMb = memory.stop() / 1024 ** 2;
    return [
      figure(`${PHOTOS} × 12 MP ${kind}, ${PROCESSES} processes`, seconds, 's', goalS),
      figure(`12 MP ${kind}: most memory of a process`, peakMb, 'MB', goalMb),
    ];
  } finally {
    await pool.close();
  }
}
