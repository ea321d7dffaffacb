import type { Crop, Gate, PhotoPolicy } from '../../contract/gates';
import type { Judgement, PhotoReason } from '../../contract/photo';
import { faceShare } from '../faces/face-share';
import type { PhotoFindings } from '../findings';
import type { Box } from '../raster';
import { THRESHOLDS } from './thresholds';

/** What the gates say of one photo by itself, as it will be sent. Pure. */
export function judgePhoto(findings: PhotoFindings, { gates, crop }: PhotoPolicy): Judgement {
  const failed = failedGates(findings, crop).filter((gate) => gates[gate] !== 'off');
  const reasons: PhotoReason[] = [...failed, ...(findings.pages > 1 ? (['first-frame-only'] as const) : [])];
  if (failed.some((gate) => gates[gate] === 'reject')) return { verdict: 'rejected', reasons };
  return { verdict: reasons.length > 0 ? 'warned' : 'accepted', reasons };
}

function failedGates(findings: PhotoFindings, crop: Crop): Gate[] {
  const { width, height } = findings;
  return [
    ...when('too-small', Math.min(width, height) < THRESHOLDS.minShortSidePx),
    ...faceGates(findings, crop),
    ...when('blurred', isBlurred(findings)),
    ...lightGates(findings),
  ];
}

function faceGates(findings: PhotoFindings, crop: Crop): Gate[] {
  const { faces } = findings;
  if (faces === null) return [];
  const [face, ...others] = faces;
  if (face === undefined) return ['no-face'];
  if (others.length > 0) return ['several-faces'];
  return [
    ...when('face-too-small', faceShare(face, findings, crop) < THRESHOLDS.minFaceShare),
    ...when('face-cut-off', beyondEdge(face) > THRESHOLDS.maxFaceBeyondEdge),
  ];
}

/** Of a picture in which a face was looked for and not found, nobody wants to know more, and a sky is not blurred. */
function isBlurred({ faces, faceClarity, sharpness }: PhotoFindings): boolean {
  if (faceClarity !== null) return faceClarity.sharpness < THRESHOLDS.minFaceSharpness;
  return faces === null && sharpness < THRESHOLDS.minWholeSharpness;
}

/** Light is judged in the face alone: good pictures may be dark all around it, down to a mean of 23. */
function lightGates({ faceClarity }: PhotoFindings): Gate[] {
  if (faceClarity === null) return [];
  return [
    ...when('too-dark', faceClarity.brightness < THRESHOLDS.minBrightness),
    ...when('too-bright', faceClarity.brightness > THRESHOLDS.maxBrightness),
  ];
}

/** The largest part of the face's width or height that lies outside of the picture. */
function beyondEdge({ left, top, width, height }: Box): number {
  const beyondX = Math.max(0, -left, left + width - 1) / width;
  const beyondY = Math.max(0, -top, top + height - 1) / height;
  return Math.max(beyondX, beyondY);
}

function when(gate: Gate, isFailed: boolean): Gate[] {
  return isFailed ? [gate] : [];
}
