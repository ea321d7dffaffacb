import { createHash } from 'node:crypto';
import path from 'node:path';

/**
 * What identifies a photo set: the contents of its photos, in any order. The recipe does not count, or the same photos
 * would be new ones after each release that normalizes better.
 *
 * @param outputs storage keys, `normalized/<recipe>/<hash of the photo>.jpg`
 */
export function photoSetHash(outputs: readonly string[]): string {
  const contents = outputs.map((key) => path.posix.basename(key)).sort();
  return createHash('sha256').update(contents.join('\n')).digest('hex');
}
