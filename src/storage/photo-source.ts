import { constants, type Stats } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { LocatedFile } from '../contract/located-file';
import type { PhotoReason, PhotoRef } from '../contract/photo';
import { errorCode } from '../error-facts';
import { StorageError } from './port';

export type LocatedPhoto = { file: LocatedFile } | { rejected: PhotoReason };
export type FetchedPhoto = { bytes: Buffer } | { rejected: PhotoReason };

/**
 * Where photo references lead. A reference that leads nowhere is a verdict on that photo; a `StorageError` is thrown
 * where the folder itself is not there or the disk fails, because then no photo can be judged. Bytes are not read
 * here: the process that decodes them does, once.
 */
export interface PhotoSource {
  locate(ref: PhotoRef, maxBytes: number): Promise<LocatedPhoto>;
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
        return await locatePhotoFile(file, maxBytes);
      } catch (error) {
        return rejection(error);
      }
    },
  };
}

function isBelow(file: string, folder: string): boolean {
  return file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}

/** What a file is, or why it is no photo. */
export function locatePhotoFile(file: string, maxBytes: number): Promise<LocatedPhoto> {
  return withPhotoFile(file, maxBytes, (_handle, { dev, ino, size, mtimeMs }) =>
    Promise.resolve({
      file: { path: file, device: dev, inode: ino, bytes: size, modifiedMs: mtimeMs },
    }),
  );
}

/** Reads one file whole, or says why it is no photo. */
export function readPhotoFile(file: string, maxBytes: number): Promise<FetchedPhoto> {
  return withPhotoFile(file, maxBytes, async (handle) => ({ bytes: await handle.readFile() }));
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

/** What the system says of this one file. Anything else (EIO, EMFILE) says nothing about the photo and may pass. */
const REJECTIONS: Partial<Record<string, PhotoReason>> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  EACCES: 'unreadable',
  EPERM: 'unreadable',
  EISDIR: 'unreadable',
  ELOOP: 'unreadable',
  ENAMETOOLONG: 'unreadable',
  ENXIO: 'unreadable',
  ERR_INVALID_ARG_VALUE: 'unreadable',
};

function rejection(error: unknown): { rejected: PhotoReason } {
  if (error instanceof StorageError) throw error;
  const code = String(errorCode(error));
  const rejected = REJECTIONS[code];
  if (rejected === undefined) throw new StorageError(`A photo cannot be read (${code})`, 'wait');
  return { rejected };
}
