import type { Sharp } from './decoder';
import { RECIPE } from './recipe';

/**
 * A framed photo as JPEG bytes. Without any of sharp's `keep…` calls nothing of the input's EXIF, GPS, ICC or XMP
 * is written. Throws what sharp throws.
 */
export async function encode(framed: Sharp): Promise<Buffer> {
  const { quality, chromaSubsampling } = RECIPE;
  return framed.jpeg({ quality, chromaSubsampling }).toBuffer();
}
