import { DEFAULT_GATES, gateChanges, withGates, type GatePolicy } from '../../../src/contract/gates';
import { decode } from '../../../src/photos/decode';
import { pixelsOnWhite } from '../../../src/photos/encode';
import { examine } from '../../../src/photos/examine';
import type { PhotoFindings } from '../../../src/photos/findings';
import { judgePhoto } from '../../../src/photos/gates/judge-photo';
import { inspect } from '../../../src/photos/inspect';
import { uncropped } from './policy';

const WITHOUT_FACES = { crop: 'whole', faces: null } as const;

/** Drawn test pictures have no face and little detail; what is judged of them is their file and their size. */
const SIZE_ALONE = withGates(
  DEFAULT_GATES,
  gateChanges([
    ['all', 'off'],
    ['too-small', 'reject'],
  ]),
);

/** The normalized JPEG of a photo that can be read. */
export async function normalized(bytes: Buffer): Promise<Buffer> {
  const photo = await examine(bytes, WITHOUT_FACES);
  if (!photo.readable) throw new Error(`not readable: ${photo.reason}`);
  return photo.jpeg;
}

export async function findingsOf(bytes: Buffer): Promise<PhotoFindings> {
  const photo = await examine(bytes, WITHOUT_FACES);
  if (!photo.readable) throw new Error(`not readable: ${photo.reason}`);
  return photo.findings;
}

/** The normalized pixels before JPEG coding: 640 × 640 RGB. */
export async function framed(bytes: Buffer): Promise<Buffer> {
  const picture = await inspect(bytes);
  if (!picture.readable) throw new Error(picture.reason);
  return pixelsOnWhite(await decode(bytes, picture));
}

/** `accepted`, or the verdict with its reasons: `rejected: too-small`. */
export async function judge(bytes: Buffer, gates: GatePolicy = SIZE_ALONE): Promise<string> {
  const photo = await examine(bytes, WITHOUT_FACES);
  if (!photo.readable) return `rejected: ${photo.reason}`;
  const { verdict, reasons } = judgePhoto(photo.findings, uncropped(gates));
  return reasons.length > 0 ? `${verdict}: ${reasons.join(', ')}` : verdict;
}
