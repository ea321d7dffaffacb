import type { Box } from '../raster';
import type { Face } from './face-detector';

/**
 * One box for each face: of boxes that overlap (intersection over union above `maxOverlap`) the surest stays. Largest
 * face first.
 */
export function bestBoxes(found: readonly Face[], maxOverlap: number): Face[] {
  const kept: Face[] = [];
  for (const face of [...found].sort((a, b) => b.score - a.score))
    if (kept.every((other) => overlap(face, other) <= maxOverlap)) kept.push(face);
  return kept.sort((a, b) => area(b) - area(a));
}

export function area({ width, height }: Box): number {
  return width * height;
}

function overlap(a: Box, b: Box): number {
  const width = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const height = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (area(a) + area(b) - width * height);
}
