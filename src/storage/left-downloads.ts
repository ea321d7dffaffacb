import { randomUUID } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { errorCode } from '../error-facts';

/** A photo is looked at within minutes of its download, whatever goes wrong. */
const LONGEST_USE_MS = 3_600_000;

/** `HOST_PID_ID`: the id, because a container that starts again has the same host and process id. */
const NAME = /^(.+)_(\d+)_[0-9a-f-]{36}$/;

export function downloadsFolder(home: string): string {
  return path.join(home, 'downloads');
}

/** Where this process keeps its downloads; nothing is made yet. */
export function ownDownloadFolder(folder: string): string {
  return path.join(folder, `${os.hostname()}_${process.pid}_${randomUUID()}`);
}

/**
 * Removes what killed workers have left: pictures of people must not lie about because a machine lost its power. Workers
 * of other machines may share the folder, and of those only age tells. Called before this process downloads anything.
 */
export async function removeLeftDownloads(folder: string, nowMs = Date.now()): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  });
  for (const name of names) {
    const place = path.join(folder, name);
    const changedMs = await stat(place).then(
      ({ mtimeMs }) => mtimeMs,
      () => nowMs, // another worker was faster
    );
    if (isLeft(name) || nowMs - changedMs > LONGEST_USE_MS) await rm(place, { recursive: true, force: true });
  }
}

function isLeft(name: string): boolean {
  const [, host, pid] = NAME.exec(name) ?? [];
  return host === os.hostname() && (Number(pid) === process.pid || !isRunning(Number(pid)));
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM'; // it is somebody else's
  }
}
