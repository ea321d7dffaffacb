import type { Metadata } from 'sharp';
import type { PhotoReason } from '../contract/photo';
import { sharp } from './decoder';
import { displayP3 } from './display-p3';
import { breaksOff } from './heic/breaks-off';
import { codedColors, isDisplayP3, isHdr } from './heic/color-box';
import { heicVersion } from './heic/libheif';
import { sequenceLength } from './heic/sequence-length';
import { maxPhotoBytes, maxPixels } from './limits';
import { pngFrames } from './png-frames';
import { beginsWithPreview } from './tiff-preview';
import { recognize, type PictureFormat, type Signature } from './signature';

/** What the header says. Width and height in pixels, upright; `orientation` is EXIF 1-8, how it is stored. */
export interface ReadablePicture {
  readable: true;
  format: PictureFormat;
  width: number;
  height: number;
  orientation: number;
  /** The profile that its colors are in; null: they are sRGB, or what the decoder makes sRGB of by itself. */
  icc: Buffer | null;
  /** Else the file only names its colors, and a decoder that reads it does not know the profile. */
  isIccInFile: boolean;
  space: Metadata['space'];
  pages: number;
}

export type Inspection = ReadablePicture | { readable: false; reason: PhotoReason };

/**
 * Looks at a photo's bytes without decoding a pixel (0.5 ms, whatever size the header claims). Content decides, never
 * a name. Never throws for bad bytes; that the header is fine does not prove that the rest is.
 */
export async function inspect(bytes: Buffer): Promise<Inspection> {
  if (bytes.length === 0) return unreadable('empty');
  if (bytes.length > maxPhotoBytes) return unreadable('too-many-bytes');

  const signature = recognize(bytes);
  if (signature === 'unknown') return unreadable('not-an-image');
  if (signature === 'unsupported') return unreadable('unsupported-format');

  if (signature === 'tiff' && beginsWithPreview(bytes)) return unreadable('unsupported-format');
  if (signature === 'heif' && breaksOff(bytes)) return unreadable('damaged');

  const header = await readHeader(bytes);
  if (!header) return unreadable('damaged');
  const format = formatOf(signature, header);
  // More than four are extra channels of an editor (saved selections), which the decoder takes for colors.
  if (!format || header.channels > MAX_CHANNELS) return unreadable('unsupported-format');
  if (header.width * header.height > maxPixels(format, header.isProgressive)) {
    return unreadable('too-many-pixels');
  }
  const coded = signature === 'heif' && header.icc === undefined ? codedColors(bytes) : null;
  if (coded !== null && isHdr(coded)) return unreadable('unsupported-format');
  return {
    readable: true,
    format,
    width: format === 'heic' ? header.width : header.autoOrient.width,
    height: format === 'heic' ? header.height : header.autoOrient.height,
    // In HEIC the file's own boxes turn the picture, and the EXIF tag is a second, older word for the same.
    orientation: format === 'heic' ? 1 : (header.orientation ?? 1),
    icc: header.icc ?? (coded !== null && isDisplayP3(coded) ? await displayP3() : null),
    isIccInFile: header.icc !== undefined,
    space: header.space,
    pages: pagesOf(signature, bytes, header),
  };
}

/** Red, green, blue and transparency, or four inks. */
const MAX_CHANNELS = 4;

function unreadable(reason: PhotoReason): Inspection {
  return { readable: false, reason };
}

/** sharp's own pixel limit is off here: it is one number for all formats, and its error looks like a damaged file. */
async function readHeader(bytes: Buffer): Promise<Metadata | undefined> {
  try {
    return await sharp(bytes, { limitInputPixels: false, failOn: 'error' }).metadata();
  } catch {
    return undefined;
  }
}

/** Of an animated PNG, and of an animation in a HEIF file, the decoder counts the first picture alone. */
function pagesOf(signature: Signature, bytes: Buffer, { pages = 1 }: Metadata): number {
  if (signature === 'png') return pngFrames(bytes);
  return signature === 'heif' ? Math.max(pages, sequenceLength(bytes)) : pages;
}

function formatOf(signature: Exclude<Signature, 'unknown' | 'unsupported'>, header: Metadata) {
  if (signature !== 'heif') return signature;
  // HEVC is not in sharp's binary, for patent reasons; its header can be read all the same. A package of its own decodes
  // it, where that is installed.
  if (header.compression === 'hevc') return heicVersion() === null ? undefined : 'heic';
  return header.compression === 'av1' ? 'avif' : undefined;
}
