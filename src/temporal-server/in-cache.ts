import { rm } from 'node:fs/promises';
import { listCachedClis, sha256OfFile } from './cli-cache';
import { whyNotExecutable } from './find-executable';
import { pinnedBuild } from './pinned-builds';
import type { CliSearch, CliWay, WayResult } from './cli-way';

async function find({ cacheDir, onStep, signal }: CliSearch): Promise<WayResult> {
  const pinned = pinnedBuild()?.binarySha256;
  const cached = await listCachedClis(cacheDir);
  // The build that we reproduced from source comes before one that the SDK fetched.
  cached.sort((a, b) => Number(b.sha256 === pinned) - Number(a.sha256 === pinned));
  for (const { file, sha256 } of cached) {
    signal?.throwIfAborted();
    if ((await sha256OfFile(file)) === sha256 && (await whyNotExecutable(file)) === null)
      return { path: file };
    // A half-written or changed binary would be run again and again.
    onStep(`Removed ${file}: it is damaged, was changed, or cannot be run.`);
    await rm(file, { force: true });
  }
  return { reason: `nothing usable in ${cacheDir}` };
}

export const inCache: CliWay = { source: 'cache', title: 'the cache', find };
