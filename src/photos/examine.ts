import type { Crop } from '../contract/gates';
import type { PhotoReason } from '../contract/photo';
import { errorCode } from '../error-facts';
import { decode } from './decode';
import { encodeOnWhite } from './encode';
import type { FaceDetector } from './faces/face-detector';
import { principalFaces } from './faces/principal-faces';
import { subjectRegion } from './faces/subject-square';
import type { PhotoFindings } from './findings';
import { fingerprint } from './fingerprint';
import { libheif } from './heic/libheif';
import { inspect } from './inspect';
import { lumaOf } from './luma';
import type { Box, Raster } from './raster';
import { clarity } from './sharpness';
import { damagedThumbnail, thumbnail } from './thumbnail';

export interface ExamineOptions {
  crop: Crop;
  /** Null: faces are not looked for, and the picture is never cropped. */
  faces: FaceDetector | null;
}

/** `jpeg`: 640×640 pixels, sRGB, white padding, no metadata (see RECIPE). `thumbnail`: the photo as it is stored. */
export type Examined =
  | { readable: true; findings: PhotoFindings; jpeg: Buffer; thumbnail: Buffer }
  | { readable: false; reason: PhotoReason; thumbnail: Buffer | null };

const WHOLE: Box = { left: 0, top: 0, width: 1, height: 1 };

/**
 * Looks at one photo and makes its normalized JPEG. The same bytes give the same answer and the same JPEG within one
 * `recipeId()`. Never throws for bad bytes, only for faults that are not theirs. To be called where a crash, a hang or a gigabyte hurts nobody.
 */
export async function examine(bytes: Buffer, { crop, faces }: ExamineOptions): Promise<Examined> {
  const picture = await inspect(bytes);
  if (!picture.readable) return { readable: false, reason: picture.reason, thumbnail: null };
  // Before the file can be blamed: a package that is half installed makes no photo damaged.
  if (picture.format === 'heic') libheif();
  let raster: Raster;
  try {
    raster = await decode(bytes, picture);
  } catch (error) {
    if (!isAboutTheFile(error)) throw error;
    return { readable: false, reason: 'damaged', thumbnail: await damagedThumbnail(bytes, picture) };
  }
  const seen = faces === null ? null : principalFaces(await faces.detect(raster));
  const luma = lumaOf(raster);
  const findings: PhotoFindings = {
    format: picture.format,
    width: picture.width,
    height: picture.height,
    orientation: picture.orientation,
    pages: picture.pages,
    ...fingerprint(luma),
    ...clarity(luma, WHOLE),
    faces: seen,
    faceClarity: seen?.[0] === undefined ? null : clarity(luma, seen[0]),
  };
  // Cut out of the photo itself, not out of the small copy, so the photo is decoded a second time.
  const region = subjectRegion(findings, crop);
  return {
    readable: true,
    findings,
    jpeg: await encodeOnWhite(region === null ? raster : await decode(bytes, picture, region)),
    thumbnail: await thumbnail(raster, picture.orientation),
  };
}

/**
 * The decoders throw plain errors for bad bytes. A fault of ours (TypeError), of the WASM module (RuntimeError) or of the
 * system (EMFILE) would go into the store as a verdict for good, although it is none.
 */
function isAboutTheFile(error: unknown): boolean {
  if (!(error instanceof Error) || error.name !== 'Error' || errorCode(error) !== null) return false;
  return !/out of memory/i.test(error.message);
}
