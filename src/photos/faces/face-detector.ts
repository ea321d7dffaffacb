import type { Box, Raster } from '../raster';

/** A face in shares of the picture; a box may reach over the edge where the face is cut off. */
export interface Face extends Box {
  /** How sure the detector is, 0 to 1. */
  score: number;
}

/** Somebody who finds faces, whoever it is. Works offline, and gives the same answer for the same pixels. */
export interface FaceDetector {
  /** Largest face first. */
  detect(picture: Raster): Promise<Face[]>;
}
