import { stat } from 'node:fs/promises';
import type { LocatedFile } from '../../contract/located-file';
import { PHOTO_PROCESS_FILE } from '../../photos/process/child-file';
import type { Look } from '../../photos/process/messages';
import { photoPool, type PhotoPool, type PoolAnswer } from '../../photos/process/photo-pool';

const LIMITS = { timeMs: 30_000, memoryBytes: 1024 ** 3 };
const NEVER_KNOWN = () => Promise.resolve(null);

export const WITHOUT_FACES: Look = { crop: 'whole', isLookingForFaces: false };
export const WITH_FACES: Look = { crop: 'whole', isLookingForFaces: true };

export function benchPool(processes: number): PhotoPool {
  return photoPool({ childFile: PHOTO_PROCESS_FILE, processes, limits: LIMITS });
}

/** One photo through the pool. */
export async function look(pool: PhotoPool, file: string, how: Look): Promise<PoolAnswer<null>> {
  return pool.look(await located(file), how, NEVER_KNOWN, new AbortController().signal);
}

async function located(file: string): Promise<LocatedFile> {
  const { dev, ino, size, mtimeMs } = await stat(file);
  return { path: file, device: dev, inode: ino, bytes: size, modifiedMs: mtimeMs };
}

/** Processor time of one photo: of the process that decodes it, and of this one meanwhile. */
export async function cpuMsOf(pool: PhotoPool, file: string, how: Look): Promise<number> {
  const before = process.cpuUsage();
  const answer = await look(pool, file, how);
  if (answer.kind !== 'examined') throw new Error(`${file}: ${answer.kind}`);
  const { user, system } = process.cpuUsage(before);
  return answer.cpuMs + (user + system) / 1000;
}
