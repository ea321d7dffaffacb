import type { Raster } from './raster';

/** Brightness of each pixel, 0 to 255, row by row. */
export interface Luma {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Rec. 601 weights in 1/256, as JPEG itself has them. */
export function lumaOf({ width, height, data }: Raster): Luma {
  const luma = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < luma.length; at += 1, from += 3)
    luma[at] = (77 * (data[from] ?? 0) + 150 * (data[from + 1] ?? 0) + 29 * (data[from + 2] ?? 0)) >> 8;
  return { width, height, data: luma };
}
