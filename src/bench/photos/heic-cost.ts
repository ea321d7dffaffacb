import path from 'node:path';
import { figure, type Figure } from '../figures';
import { median } from '../median';
import { encodeHeic, nativeDecodeMs } from './native-heic';
import { benchPool, cpuMsOf, WITHOUT_FACES } from './photo-run';

const ROUNDS = 6;

/** A HEIC of a drawn photo; null where nothing here can write one. */
export function drawnHeic(folder: string, jpeg: string, say: (line: string) => void): string | null {
  const heic = path.join(folder, 'drawn.heic');
  if (encodeHeic(jpeg, heic)) return heic;
  say("No heif-enc (Debian's libheif-examples): HEIC is not measured");
  return null;
}

/** Native libheif only decodes; ours also resizes, converts, codes and hands over. */
export async function heicFigures(folder: string, heic: string): Promise<Figure[]> {
  const pool = benchPool(1);
  try {
    await cpuMsOf(pool, heic, WITHOUT_FACES);
    const ours: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const ourMs = await cpuMsOf(pool, heic, WITHOUT_FACES);
      ours.push(ourMs);
      const nativeMs = nativeDecodeMs(heic, folder);
      if (nativeMs !== null) ratios.push(ourMs / nativeMs);
    }
    const toNative = "12 MP HEIC: CPU of all, to native libheif's decoding alone";
    return [
      ...(ratios.length === 0 ? [] : [figure(toNative, median(ratios), '×', 1.6)]),
      figure('12 MP HEIC: CPU of all', median(ours), 'ms'),
    ];
  } finally {
    await pool.close();
  }
}
