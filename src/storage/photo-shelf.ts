import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { PhotoReason, PhotoRef } from '../contract/photo';
import { errorCode } from '../error-facts';
import { isOfTheSender, writeHashed } from './hashed-file';
import { StorageError } from './port';

export type ShelvedPhoto = { ref: PhotoRef } | { rejected: PhotoReason };

/**
 * Takes photos over to where the workers read them, named by their content: a file name may say who the person is, and
 * names of references stand in Temporal's history. Taking one over again changes nothing. Bytes are never held whole.
 */
export interface PhotoShelf {
  /** Leaves the rest of a stream unread that has more than `maxBytes`. @throws StorageError */
  take(photo: Readable, maxBytes: number): Promise<ShelvedPhoto>;
}

/** Below the photos folder, or the prefix of a bucket; photos in it are named by the hash of their content. */
export const IMPORTED_FOLDER = 'imported';

export function folderShelf(photosDir: string): PhotoShelf {
  const folder = path.join(photosDir, IMPORTED_FOLDER);
  return {
    async take(photo, maxBytes) {
      const temporary = path.join(folder, `${randomUUID()}.tmp`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const { hash, bytes } = await writeHashed(photo, temporary, maxBytes);
        if (bytes === 0) return { rejected: 'empty' };
        if (bytes > maxBytes) return { rejected: 'too-many-bytes' };
        const target = path.join(folder, hash);
        if (!(await isThere(target, bytes))) await rename(temporary, target);
        return { ref: `file:${IMPORTED_FOLDER}/${hash}` };
      } catch (error) {
        if (isOfTheSender(error)) throw error;
        throw new StorageError(
          `The photos folder ${folder} cannot be written (${errorCode(error)}); make it writable, or set DARKROOM_PHOTOS_DIR`,
          'wait',
        );
      } finally {
        await rm(temporary, { force: true }).catch(() => undefined);
      }
    },
  };
}

function isThere(file: string, bytes: number): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size === bytes,
    () => false,
  );
}
