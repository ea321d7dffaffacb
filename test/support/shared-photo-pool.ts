import type { Config } from '../../src/config';
import type { PhotoPool } from '../../src/photos/process/photo-pool';
import { photoPoolFrom } from '../../src/worker-ports';
import { PHOTO_PROCESS_FILE } from './photo-process-file';

const pools = new Map<string, PhotoPool>();

/** One for all workers of a test file that set the same limits: to start its process costs half a second of CPU. */
export function sharedPhotoPool(config: Config): PhotoPool {
  const { processes, timeMs, memoryBytes } = config.photos;
  const limits = JSON.stringify({ processes, timeMs, memoryBytes });
  const pool = pools.get(limits) ?? photoPoolFrom(config, PHOTO_PROCESS_FILE);
  pools.set(limits, pool);
  return pool;
}

afterAll(async () => {
  for (const pool of pools.values()) await pool.close();
});
