import type { PictureFormat } from './signature';

/** Bytes of one input photo. Untouched 16 MP camera JPEGs have 4 MB, 12 MP PNGs 26 MB. */
export const maxPhotoBytes = 40 * 1024 * 1024;

const MEGAPIXEL = 1_000_000;

/**
 * The most pixels that one photo may have. The bound is memory, which a file of a few bytes can ask for:
 * - a baseline JPEG is decoded in strips and at a fraction of its size (16000² took 83 MB), so 200 MP phones pass;
 * - a progressive JPEG or an interlaced PNG is held whole: 219 to 503 MB at 49 MP;
 * - HEIC at 48 MP, which phones make, takes about 600 MB;
 * - AVIF holds several whole planes: 0.93 GB at 49 MP, and a file of 1.3 kB can ask for it. Half of that still
 *   passes every 24 MP camera.
 */
export function maxPixels(format: PictureFormat, progressive: boolean): number {
  if (format === 'jpeg' && !progressive) return 220 * MEGAPIXEL;
  if (format === 'avif') return 25 * MEGAPIXEL;
  return 50 * MEGAPIXEL;
}
