import type { Luma } from './luma';
import type { Box } from './raster';

/** How sharp and how bright a part of a picture is. */
export interface Clarity {
  /** Variance of the Laplacian: 50 or more in the face of a good photo at 640 pixels, near 0 where all is blurred. */
  sharpness: number;
  /** Mean, 0 to 255. */
  brightness: number;
}

/** @param box the part that counts, such as the face; what lies outside of the picture is left out */
export function clarity({ width, height, data }: Luma, box: Box): Clarity {
  const left = Math.max(1, Math.round(box.left * width));
  const top = Math.max(1, Math.round(box.top * height));
  const right = Math.min(width - 1, Math.round((box.left + box.width) * width));
  const bottom = Math.min(height - 1, Math.round((box.top + box.height) * height));
  let light = 0;
  let sum = 0;
  let squares = 0;
  for (let y = top; y < bottom; y += 1)
    for (let x = left, at = y * width + left; x < right; x += 1, at += 1) {
      const here = data[at] ?? 0;
      const around =
        (data[at - 1] ?? 0) + (data[at + 1] ?? 0) + (data[at - width] ?? 0) + (data[at + width] ?? 0);
      const edge = around - 4 * here;
      light += here;
      sum += edge;
      squares += edge * edge;
    }
  const count = Math.max((right - left) * (bottom - top), 1);
  return { sharpness: squares / count - (sum / count) ** 2, brightness: light / count };
}
