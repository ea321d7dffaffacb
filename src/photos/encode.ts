import { sharp } from './decoder';
import type { Raster } from './raster';
import { RECIPE } from './recipe';

/**
 * A picture in the middle of a white square, as JPEG bytes. Made of bare pixels, so nothing of the input's EXIF, GPS,
 * ICC or XMP can be in it.
 */
export async function encodeOnWhite(picture: Raster): Promise<Buffer> {
  const { quality, chromaSubsampling, optimiseCoding } = RECIPE;
  return padded(picture).jpeg({ quality, chromaSubsampling, optimiseCoding }).toBuffer();
}

/** The same before JPEG coding: RGB, 8 bits a channel, row by row. */
export async function pixelsOnWhite(picture: Raster): Promise<Buffer> {
  return padded(picture).raw().toBuffer();
}

function padded({ data, width, height }: Raster) {
  const { size, background } = RECIPE;
  const left = Math.floor((size - width) / 2);
  const top = Math.floor((size - height) / 2);
  return sharp(data, { raw: { width, height, channels: 3 } }).extend({
    left,
    right: size - width - left,
    top,
    bottom: size - height - top,
    background,
  });
}
