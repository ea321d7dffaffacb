import { stat } from 'node:fs/promises';
import type { LocatedFile } from '../../../src/contract/located-file';
import type { Examined } from '../../../src/photos/examine';
import type { Look } from '../../../src/photos/process/messages';
import { photoPool, type PhotoPool, type PoolAnswer } from '../../../src/photos/process/photo-pool';
import type { ProcessLimits } from '../../../src/photos/process/photo-process';
import { PHOTO_PROCESS_FILE } from '../../support/photo-process-file';

export const WITHOUT_FACES: Look = { crop: 'whole', isLookingForFaces: false };
export const WITH_FACES: Look = { crop: 'whole', isLookingForFaces: true };

/** The real program in real processes. */
export function realPool(limits: Partial<ProcessLimits> = {}, processes = 1): PhotoPool {
  return photoPool({
    childFile: PHOTO_PROCESS_FILE,
    processes,
    limits: { timeMs: 30_000, memoryBytes: 1024 ** 3, ...limits },
  });
}

export async function located(file: string): Promise<LocatedFile> {
  const { dev, ino, size, mtimeMs } = await stat(file);
  return { path: file, device: dev, inode: ino, bytes: size, modifiedMs: mtimeMs };
}

export async function look(pool: PhotoPool, file: string, how = WITHOUT_FACES): Promise<PoolAnswer<null>> {
  return pool.look(await located(file), how, () => Promise.resolve(null), new AbortController().signal);
}

/** What was found of a photo that has to be looked at. */
export async function examined(pool: PhotoPool, file: string, how = WITHOUT_FACES): Promise<Examined> {
  const answer = await look(pool, file, how);
  if (answer.kind !== 'examined') throw new Error(`${file}: ${answer.kind}`);
  return answer.examined;
}
