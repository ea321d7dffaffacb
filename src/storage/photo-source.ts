import { constants, type Stats } from 'node:fs';
import { open, readlink, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { LocatedFile } from '../contract/located-file';
import type { PhotoReason, PhotoRef } from '../contract/photo';
import { errorCode } from '../error-facts';
import { readRejection } from '../read-rejections';
import { StorageError } from './port';

export type LocatedPhoto =
  /** `release` is called when nobody reads the file any more, whatever became of it. */
  { file: LocatedFile; release?: () => Promise<void> } | { rejected: PhotoReason };
export type FetchedPhoto = { bytes: Buffer } | { rejected: PhotoReason };

/**
 * Where photo references lead. A reference that leads nowhere is a verdict on that photo; a `StorageError` is thrown
 * where the place itself is not there or the system is out of something, because then no photo can be judged. Bytes are not read
 * here: the process that decodes them does, once, out of a file; what lies elsewhere is downloaded into one.
 */
export interface PhotoSource {
  /** @throws the signal's reason when it is aborted */
  locate(ref: PhotoRef, maxBytes: number, signal: AbortSignal): Promise<LocatedPhoto>;
}

const SCHEME = 'file:';

/** `file:` references, relative to one folder. Links are followed, and what lies outside the folder is not read. */
export function fileSource(root: string): PhotoSource {
  return {
    async locate(ref, maxBytes) {
      if (!ref.startsWith(SCHEME)) return { rejected: 'not-found' };
      const realRoot = await realpath(root).catch((error: unknown) => {
        throw new StorageError(`The photos folder ${root} cannot be read (${errorCode(error)})`, 'mend');
      });
      try {
        const wanted = path.resolve(realRoot, ref.slice(SCHEME.length));
        // Before the disk is asked: the answer must not tell what exists elsewhere.
        if (!isBelow(wanted, realRoot) && !isBelow(wanted, path.resolve(root)))
          return { rejected: 'outside-root' };
        const file = await realpath(wanted);
        if (!isBelow(file, realRoot)) return { rejected: 'outside-root' };
        return await locatePhotoFile(file, maxBytes, realRoot);
      } catch (error) {
        return rejection(error);
      }
    },
  };
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** What a file is, or why it is no photo. With a `root`, it must lie below that when it is open. */
export function locatePhotoFile(
  file: string,
  maxBytes: number,
  root: string | null = null,
): Promise<LocatedPhoto> {
  return withPhotoFile<LocatedPhoto>(file, maxBytes, async (handle, { dev, ino, size, mtimeMs }) => {
    if (root !== null && !isBelow(await pathOf(handle, file), root)) return { rejected: 'outside-root' };
    return { file: { path: file, device: dev, inode: ino, bytes: size, modifiedMs: mtimeMs } };
  });
}

/**
 * Where an open file lies. Between a look at a path and its opening, a folder on the way may have been replaced by a link
 * that leads elsewhere. Linux tells of the open file itself; elsewhere the path is looked at once more.
 */
async function pathOf(handle: FileHandle, file: string): Promise<string> {
  return readlink(`/proc/self/fd/${handle.fd}`).catch(() => realpath(file));
}

/**
 * The size is taken from the opened file, so a file that is swapped meanwhile cannot slip past the limit. Opened
 * without blocking, because a pipe under a photo's name would hold the reader for ever.
 */
async function withPhotoFile<T>(
  file: string,
  maxBytes: number,
  use: (handle: FileHandle, what: Stats) => Promise<T>,
): Promise<T | { rejected: PhotoReason }> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const what = await handle.stat();
      if (!what.isFile()) return { rejected: 'unreadable' };
      if (what.size > maxBytes) return { rejected: 'too-many-bytes' };
      return await use(handle, what);
    } finally {
      await handle.close();
    }
  } catch (error) {
    return rejection(error);
  }
}

/** Something is wrong that is not the photo's fault: it says nothing about it, and may pass. */
export function photoNotRead(code: string): StorageError {
  return new StorageError(`A photo cannot be read (${code})`, 'wait');
}

function rejection(error: unknown): { rejected: PhotoReason } {
  if (error instanceof StorageError) throw error;
  const rejected = readRejection(error);
  if (rejected === null) throw photoNotRead(String(errorCode(error)));
  return { rejected };
}
