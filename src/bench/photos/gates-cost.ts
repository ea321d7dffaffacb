import { readFile } from 'node:fs/promises';
import { median } from '../median';
import { decode } from '../../photos/decode';
import { fingerprint } from '../../photos/fingerprint';
import { inspect } from '../../photos/inspect';
import { lumaOf } from '../../photos/luma';
import { clarity } from '../../photos/sharpness';
import { thumbnail } from '../../photos/thumbnail';

const WHOLE = { left: 0, top: 0, width: 1, height: 1 };

const ROUNDS = 30;

/**
 * Processor time in milliseconds that a photo takes beside being normalized: what gates measure, and the preview. Many
 * rounds, because a photo process has done it often, and the compiler of JavaScript with it.
 */
export async function besidesMs(file: string): Promise<number> {
  const bytes = await readFile(file);
  const picture = await inspect(bytes);
  if (!picture.readable) throw new Error(`${file}: ${picture.reason}`);
  const raster = await decode(bytes, picture);
  const measured: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const cpu = process.cpuUsage();
    const luma = lumaOf(raster);
    fingerprint(luma);
    clarity(luma, WHOLE);
    await thumbnail(raster, picture.orientation);
    const { user, system } = process.cpuUsage(cpu);
    measured.push((user + system) / 1000);
  }
  return median(measured);
}
