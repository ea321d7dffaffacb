import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import type { LocatedFile } from '../../contract/located-file';

/**
 * The bytes of a file that was located before, and their SHA-256. Null if it is another file by now, has changed since,
 * or cannot be read. Opened without blocking, because a pipe under a photo's name would hold the reader for ever.
 */
export async function readLocated(file: LocatedFile): Promise<{ bytes: Buffer; contentHash: string } | null> {
  try {
    const handle = await open(file.path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { dev, ino, size, mtimeMs } = await handle.stat();
      const isSame = dev === file.device && ino === file.inode && mtimeMs === file.modifiedMs;
      if (!isSame || size !== file.bytes) return null;
      const bytes = Buffer.allocUnsafeSlow(size);
      const { bytesRead } = await handle.read(bytes, 0, size, 0);
      if (bytesRead !== size) return null;
      return { bytes, contentHash: createHash('sha256').update(bytes).digest('hex') };
    } finally {
      await handle.close();
    }
  } catch {
    return null;
  }
}
