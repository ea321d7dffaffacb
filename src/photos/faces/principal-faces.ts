import type { Box } from '../raster';
import { area } from './best-boxes';
import type { Face } from './face-detector';

/** A face with less than a fifth of the largest one's area is somebody in the background. */
const BYSTANDER_AREA_SHARE = 0.2;

/** The faces that a training would learn, largest first, rounded so that records stay short. */
export function principalFaces(faces: readonly Face[]): Box[] {
  const [largest] = faces;
  if (largest === undefined) return [];
  return faces
    .filter((face) => area(face) >= BYSTANDER_AREA_SHARE * area(largest))
    .map(({ left, top, width, height }) => ({
      left: rounded(left),
      top: rounded(top),
      width: rounded(width),
      height: rounded(height),
    }));
}

function rounded(share: number): number {
  return Math.round(share * 1000) / 1000;
}
