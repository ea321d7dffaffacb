import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PINNED_VERSION, thisPlatform } from './pinned-builds';

// The name holds the hash, so that a file and the record of its hash arrive in one rename: two processes that
// download at once cannot leave one's binary with the other's hash.
const NAME = `temporal-${PINNED_VERSION}-${thisPlatform}`;
const WORK_PREFIX = 'download-';
/** Longer than any download may take, so that a running one is never swept away. */
const STALE_WORK_MS = 60 * 60_000;

/** Lower-case hex. 138 MB take about 0.1 s. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

export function cachedCliPath(cacheDir: string, sha256: string): string {
  return path.join(cacheDir, `${NAME}-${sha256}`);
}

/** Cached CLIs of this version and platform, with the hash that each was stored under. */
export async function listCachedClis(cacheDir: string): Promise<{ file: string; sha256: string }[]> {
  const names = await readdir(cacheDir).catch(() => []);
  return names
    .map((name) => ({ file: path.join(cacheDir, name), sha256: name.slice(NAME.length + 1), name }))
    .filter(({ name, sha256 }) => name.startsWith(`${NAME}-`) && /^[0-9a-f]{64}$/.test(sha256))
    .map(({ file, sha256 }) => ({ file, sha256 }));
}

/** Moves a binary from a work folder of the same cache into its place. Returns the path there. */
export async function moveIntoCache(file: string, cacheDir: string, sha256: string): Promise<string> {
  const target = cachedCliPath(cacheDir, sha256);
  await chmod(file, 0o755);
  await rename(file, target);
  return target;
}

/** Runs `work` with an empty folder inside the cache (same disk, so that a rename is atomic), and removes it. */
export async function inWorkFolder<T>(cacheDir: string, work: (folder: string) => Promise<T>): Promise<T> {
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  await removeStaleWork(cacheDir);
  const folder = await mkdtemp(path.join(cacheDir, `${WORK_PREFIX}${randomUUID().slice(0, 8)}-`));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A process that was killed in a download leaves up to 180 MB behind. */
async function removeStaleWork(cacheDir: string): Promise<void> {
  for (const name of await readdir(cacheDir)) {
    if (!name.startsWith(WORK_PREFIX)) continue;
    const folder = path.join(cacheDir, name);
    const info = await stat(folder).catch(() => null);
    if (info && Date.now() - info.mtimeMs > STALE_WORK_MS) await rm(folder, { recursive: true, force: true });
  }
}
