import { rawFrame } from '../../../src/photos/frame';
import { inspect } from '../../../src/photos/inspect';
import { normalizePhoto } from '../../../src/photos/normalize';

/** The normalized JPEG of a photo that has to be good. */
export async function normalized(bytes: Buffer): Promise<Buffer> {
  const photo = await normalizePhoto(bytes);
  if (photo.verdict === 'rejected') throw new Error(`rejected: ${photo.reasons.join()}`);
  return photo.jpeg;
}

/** The normalized pixels before JPEG coding: 640 × 640 RGB. */
export async function framed(bytes: Buffer): Promise<Buffer> {
  const picture = await inspect(bytes);
  if (!picture.readable) throw new Error(picture.reason);
  return rawFrame(bytes, picture);
}

/** `accepted`, or the verdict with its reasons: `warned: small`. */
export async function judge(bytes: Buffer): Promise<string> {
  const { verdict, reasons } = await normalizePhoto(bytes);
  return reasons.length > 0 ? `${verdict}: ${reasons.join(', ')}` : verdict;
}
