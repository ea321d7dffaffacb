import type { Region } from '../decode';
import type { Box } from '../raster';

/** Head and shoulders: three faces wide, the face a little above the middle. Held 45 of 46 faces whole. */
const FACES_PER_SIDE = 3;
const LOWERED_BY_FACES = 0.15;

/** The square around a face, inside the picture, in its pixels. */
export function subjectSquare(face: Box, { width, height }: { width: number; height: number }): Region {
  const faceWidth = face.width * width;
  const faceHeight = face.height * height;
  const wanted = Math.round(FACES_PER_SIDE * Math.max(faceWidth, faceHeight));
  const side = Math.max(Math.min(width, height, wanted), 1);
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
