import { randomUUID } from 'node:crypto';
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';
import { ownDownloadFolder } from './left-downloads';
import { locatePhotoFile, type LocatedPhoto } from './photo-source';
import { StorageError } from './port';

/** Where photos from elsewhere lie while they are looked at: a photo process reads files, and so it is that which is hashed. */
export interface PhotoDownloads {
  /**
   * Writes the bytes into a file of their own, which `release` removes. Nothing is left of it where this throws.
   *
   * @throws StorageError where the disk does not take it, and whatever `body` throws
   */
  keep(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<LocatedPhoto>;
}

/** @param folder of all workers of this home; each has its own one in it */
export function photoDownloads(folder: string): PhotoDownloads {
  const own = ownDownloadFolder(folder);
  return {
    async keep(body, maxBytes) {
      const file = path.join(own, randomUUID());
      const release = () => rm(file, { force: true });
      try {
        const isWhole = await write(file, body, maxBytes);
        const located = isWhole
          ? await locatePhotoFile(file, maxBytes)
          : ({ rejected: 'too-many-bytes' } as const);
        if ('file' in located) return { ...located, release };
        await release();
        return located;
      } catch (error) {
        await release().catch(() => undefined);
        throw error;
      }
    },
  };

  /** False where there is more than may be. */
  async function write(file: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<boolean> {
    const handle = await orNotWritten(async () => {
      await mkdir(own, { recursive: true, mode: 0o700 });
      return open(file, 'wx', 0o600);
    });
    try {
      return await pour(handle, body, maxBytes);
    } finally {
      await handle.close();
    }
  }

  async function pour(
    handle: FileHandle,
    body: AsyncIterable<Uint8Array>,
    maxBytes: number,
  ): Promise<boolean> {
    let bytes = 0;
    for await (const chunk of body) {
      bytes += chunk.length;
      // Counted as it comes: what the other side says of its size is only what it says.
      if (bytes > maxBytes) return false;
      await orNotWritten(() => handle.writeFile(chunk));
    }
    return true;
  }

  async function orNotWritten<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw new StorageError(`A photo cannot be kept in ${folder} (${errorCode(error)})`, 'wait');
    }
  }
}
