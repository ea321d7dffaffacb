import type { Crop } from '../../contract/gates';
import type { PhotoFindings } from '../findings';
import type { Box } from '../raster';
import { subjectRegion } from './subject-square';

/** The longer side of a face of this photo, in shares of the longer side of the picture as it is sent. */
export function faceShare(face: Box, findings: PhotoFindings, crop: Crop): number {
  const sent = subjectRegion(findings, crop) ?? findings;
  const facePx = Math.max(face.width * findings.width, face.height * findings.height);
  return facePx / Math.max(sent.width, sent.height);
}
