import type { Gate, GatePolicy } from '../../contract/gates';
import type { Judgement, PhotoReason } from '../../contract/photo';
import type { PhotoFindings } from '../findings';
import type { Box } from '../raster';
import { THRESHOLDS } from './thresholds';

/** What the gates say of one photo by itself. Pure. */
export function judgePhoto(findings: PhotoFindings, policy: GatePolicy): Judgement {
  const failed = failedGates(findings).filter((gate) => policy[gate] !== 'off');
  const reasons: PhotoReason[] = [...failed, ...(findings.pages > 1 ? (['first-frame-only'] as const) : [])];
  if (failed.some((gate) => policy[gate] === 'reject')) return { verdict: 'rejected', reasons };
  return { verdict: reasons.length > 0 ? 'warned' : 'accepted', reasons };
}

function failedGates(findings: PhotoFindings): Gate[] {
  const { width, height, sharpness, brightness } = findings;
  return [
    ...when('too-small', Math.min(width, height) < THRESHOLDS.minShortSidePx),
    ...faceGates(findings),
    ...when('blurred', !isFaceMissed(findings) && sharpness < minSharpness(findings)),
    ...when('too-dark', isFaceSeen(findings) && brightness < THRESHOLDS.minBrightness),
    ...when('too-bright', isFaceSeen(findings) && brightness > THRESHOLDS.maxBrightness),
  ];
}

function faceGates({ faces, width, height }: PhotoFindings): Gate[] {
  if (faces === null) return [];
  const [face, ...others] = faces;
  if (face === undefined) return ['no-face'];
  if (others.length > 0) return ['several-faces'];
  const longSide = Math.max(width, height);
  const share = Math.max(face.width * width, face.height * height) / longSide;
  return [
    ...when('face-too-small', share < THRESHOLDS.minFaceShare),
    ...when('face-cut-off', beyondEdge(face) > THRESHOLDS.maxFaceBeyondEdge),
  ];
}

/** Light is judged in the face alone: good pictures may be dark all around it, down to a mean of 23. */
function isFaceSeen({ faces }: PhotoFindings): boolean {
  return faces !== null && faces.length > 0;
}

function minSharpness({ faces }: PhotoFindings): number {
  return faces === null ? THRESHOLDS.minWholeSharpness : THRESHOLDS.minFaceSharpness;
}

/** Of a picture without a face nobody wants to know more, and a sky is not blurred. */
function isFaceMissed({ faces }: PhotoFindings): boolean {
  return faces?.length === 0;
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
