import { THRESHOLDS } from '../gates/thresholds';
import type { Box } from '../raster';
import { area } from './best-boxes';
import type { Face } from './face-detector';

/** The faces that a training would learn, largest first, rounded so that records stay short. */
export function principalFaces(faces: readonly Face[]): Box[] {
  const [largest] = faces;
  if (largest === undefined) return [];
  return faces
    .filter((face) => area(face) >= THRESHOLDS.bystanderAreaShare * area(largest))
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
