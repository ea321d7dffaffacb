import type { PhotoReason } from '../contract/photo';
import { encode } from './encode';
import { frame } from './frame';
import { inspect, type ReadablePicture } from './inspect';
import { shortSidePx } from './limits';

export { maxPhotoBytes } from './limits';

/** `jpeg`: 640×640 pixels, sRGB, white padding, no metadata (see RECIPE). `reasons` is empty only when accepted. */
export type NormalizedPhoto =
  | { verdict: 'accepted' | 'warned'; reasons: PhotoReason[]; jpeg: Buffer }
  | { verdict: 'rejected'; reasons: PhotoReason[] };

/**
 * Decides about one photo and makes its normalized JPEG. The same bytes give the same answer and the same JPEG within
 * one `recipeId()`. Never throws for bad bytes: a file that breaks off, or takes over 20 s to decode, is `damaged`.
 */
export async function normalizePhoto(bytes: Buffer): Promise<NormalizedPhoto> {
  const picture = await inspect(bytes);
  if (!picture.readable) return rejected(picture.reason);
  if (shortSide(picture) < shortSidePx.reject) return rejected('too-small');

  let jpeg: Buffer;
  try {
    jpeg = await encode(frame(bytes, picture));
  } catch {
    return rejected('damaged');
  }
  const reasons = warnings(picture);
  return { verdict: reasons.length > 0 ? 'warned' : 'accepted', reasons, jpeg };
}

function rejected(reason: PhotoReason): NormalizedPhoto {
  return { verdict: 'rejected', reasons: [reason] };
}

function warnings(picture: ReadablePicture): PhotoReason[] {
  const reasons: PhotoReason[] = [];
  if (shortSide(picture) < shortSidePx.warn) reasons.push('small');
  if (picture.pages > 1) reasons.push('first-frame-only');
  return reasons;
}

function shortSide({ width, height }: ReadablePicture): number {
  return Math.min(width, height);
}
