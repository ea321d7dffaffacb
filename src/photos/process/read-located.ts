import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { LocatedFile } from '../../contract/located-file';
import type { PhotoReason } from '../../contract/photo';
import { errorCode } from '../../error-facts';
import { readRejection } from '../../read-rejections';

export type ReadPhoto =
  | { bytes: Buffer; contentHash: string }
  | { rejected: PhotoReason }
  /** The system's code for something that may pass. */
  | { notRead: string };

/**
 * The bytes of a file that was located before, and their SHA-256; `changed` if it is another file by now, or is written
 * to meanwhile. Opened without blocking, because a pipe under a photo's name would hold the reader for ever.
 */
export async function readLocated(file: LocatedFile): Promise<ReadPhoto> {
  try {
    const handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const before = await handle.stat();
      const isSame = before.dev === file.device && before.ino === file.inode;
      if (!isSame || before.mtimeMs !== file.modifiedMs || before.size !== file.bytes)
        return { rejected: 'changed' };
      const bytes = await readWhole(handle, before.size);
      const after = await handle.stat();
      // A writer in the middle of it leaves one half old and one half new. Seen as far as the system's clock for files goes:
      // one long write that has begun before is not.
      if (bytes === null || after.mtimeMs !== before.mtimeMs || after.size !== before.size)
        return { rejected: 'changed' };
      return { bytes, contentHash: createHash('sha256').update(bytes).digest('hex') };
    } finally {
      await handle.close();
    }
  } catch (error) {
    const rejected = readRejection(error);
    if (rejected === null) return { notRead: String(errorCode(error)) };
    return { rejected: rejected === 'not-found' ? 'changed' : rejected }; // it was there a moment ago
  }
}

/** Null where it ends before. One read may give less than there is. */
async function readWhole(handle: FileHandle, size: number): Promise<Buffer | null> {
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size;) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) return null;
    at += bytesRead;
  }
  return bytes;
}
