import type { Fingerprint } from './fingerprint';
import type { Box } from './raster';
import type { Clarity } from './sharpness';
import type { PictureFormat } from './signature';

/**
 * Everything that was found out about a photo that can be decoded. It says nothing about good or bad: the gates decide
 * from it, so that another policy needs no other look at the pixels. Plain JSON.
 */
export interface PhotoFindings extends Fingerprint, Clarity {
  format: PictureFormat;
  /** Pixels, upright. */
  width: number;
  height: number;
  /** EXIF 1-8: how it is stored. */
  orientation: number;
  /** Pictures in the file; only the first is used. */
  pages: number;
  /** Largest first, without bystanders who are far smaller. Null where nobody looked. */
  faces: Box[] | null;
  /** Of the largest face; `sharpness` and `brightness` beside it are of the whole picture. Null where none is seen. */
  faceClarity: Clarity | null;
}

/** As they would be if nobody had looked for faces: what one training has found out must not change another's verdicts. */
export function withoutFaces(findings: PhotoFindings): PhotoFindings {
  return { ...findings, faces: null, faceClarity: null };
}
