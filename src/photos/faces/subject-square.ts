import type { Crop } from '../../contract/gates';
import type { Region } from '../decode';
import type { PhotoFindings } from '../findings';
import { THRESHOLDS } from '../gates/thresholds';
import type { Box } from '../raster';

/**
 * Head and shoulders: three faces wide, the face a little above the middle. Of 46 photos with one face such a square
 * held 45 faces whole, against 38 to 42 of squares chosen without knowing where the face is.
 */
const FACES_PER_SIDE = 3;
const LOWERED_BY_FACES = 0.15;

/** What is cut out of a photo; null where all of it is sent, as with none or several faces. Pixels, upright. */
export function subjectRegion(
  { faces, width, height }: Pick<PhotoFindings, 'faces' | 'width' | 'height'>,
  crop: Crop,
): Region | null {
  const [face, ...others] = faces ?? [];
  if (crop === 'whole' || face === undefined || others.length > 0) return null;
  return subjectSquare(face, { width, height });
}

/**
 * The square around a face, inside the picture, in its pixels. Never smaller than a photo may be, or a far face would be
 * enlarged out of pixels that are not there.
 */
export function subjectSquare(face: Box, { width, height }: { width: number; height: number }): Region {
  const faceWidth = face.width * width;
  const faceHeight = face.height * height;
  const wanted = Math.round(FACES_PER_SIDE * Math.max(faceWidth, faceHeight));
  const side = Math.min(width, height, Math.max(wanted, THRESHOLDS.minShortSidePx));
  const centerX = face.left * width + faceWidth / 2;
  const centerY = face.top * height + faceHeight * (0.5 + LOWERED_BY_FACES);
  return {
    left: clamp(Math.round(centerX - side / 2), width - side),
    top: clamp(Math.round(centerY - side / 2), height - side),
    width: side,
    height: side,
  };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(value, 0), max);
}
