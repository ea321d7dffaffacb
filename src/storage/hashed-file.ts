import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { errorCode } from '../error-facts';

export interface HashedFile {
  /** SHA-256 in hexadecimal. */
  hash: string;
  bytes: number;
}

/**
 * Writes a stream into a new file and hashes it on the way, never holding it whole. Leaves the rest unread where there is more
 * than `maxBytes`, and says so by `bytes`.
 */
export async function writeHashed(photo: Readable, file: string, maxBytes: number): Promise<HashedFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  // Opened first: a stream that opens it itself may do so after whoever has lost the sender has taken it away.
  const written = await open(file, 'wx', 0o600).catch((error: unknown) => {
    photo.destroy();
    throw error;
  });
  await pipeline(
    photo,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        bytes += chunk.length;
        if (bytes > maxBytes) return;
        hash.update(chunk);
        yield chunk;
      }
    },
    written.createWriteStream(),
  );
  return { hash: hash.digest('hex'), bytes };
}

/** The stream broke off: nothing is wrong with where it was written to. */
export function isOfTheSender(error: unknown): boolean {
  const code = errorCode(error);
  return code === null || ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR'].includes(String(code));
}
