import { assertNever } from '../contract/assert-never';
import { sharp, type Sharp } from './decoder';
import { decodeHeic } from './heic/decode-heic';
import { withProfile, type Pixels } from './profile-tiff';
import type { ReadablePicture } from './inspect';
import type { Raster } from './raster';
import { RECIPE } from './recipe';

/** Pixels, upright, from the left and top edge of the picture. */
export interface Region {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * The picture upright, in sRGB, on white where it is transparent, fitted into the square of the recipe without padding;
 * a smaller one is enlarged. With a `region`, only that part.
 *
 * @throws what the decoders throw: the file breaks off or is damaged
 */
export async function decode(
  bytes: Buffer,
  picture: ReadablePicture,
  region: Region | null = null,
): Promise<Raster> {
  const { size, background } = RECIPE;
  const conversion = conversionOf(picture);
  const source =
    picture.format === 'heic' ? fromHeic(bytes, region) : fromSharp(bytes, picture, conversion, region);
  const fitted = source
    .resize(size, size, { fit: 'inside' })
    // Transparent turns black wherever the background is not given.
    .flatten({ background });
  switch (conversion) {
    case 'by itself':
      return rasterOf(fitted.toColourspace('srgb'));
    case 'late':
      return rasterOf(fitted.withIccProfile('srgb', { attach: false }));
    case 'of the raster':
      return converted(
        await pixelsOf(picture.space === 'grey16' ? fitted.toColourspace('b-w') : fitted),
        picture,
      );
    default:
      return assertNever(conversion);
  }
}

/**
 * How the colors of a picture become sRGB.
 *
 * - `by itself`: sharp knows how: no profile, or one of CMYK or 8-bit gray, which it converts before the resize.
 * - `late`: the file's profile, after the resize. Needed for 16-bit RGB, which sharp 0.35 otherwise takes through
 *   Display-P3 and never brings back (180,120,90 becomes 171,122,94); for 8 bits it only saves time. Without a profile it
 *   would break 16-bit RGB.
 * - `of the raster`: the small picture is given the profile. Where the decoder has not seen it (HEIC, and files that only
 *   name their colors), and for 16-bit gray, whose profile sharp 0.35 leaves out.
 */
type Conversion = 'by itself' | 'late' | 'of the raster';

function conversionOf({ format, icc, isIccInFile, space }: ReadablePicture): Conversion {
  if (icc === null) return 'by itself';
  if (format === 'heic' || !isIccInFile || space === 'grey16') return 'of the raster';
  return space === 'srgb' || space === 'rgb16' ? 'late' : 'by itself';
}

function fromSharp(
  bytes: Buffer,
  { width, height }: ReadablePicture,
  conversion: Conversion,
  region: Region | null,
): Sharp {
  const opened = sharp(bytes, {
    // Half a photo over gray comes out at 'none'; 'warning' refuses real camera files that only have odd metadata.
    failOn: 'error',
    limitInputPixels: width * height,
    autoOrient: true,
    ignoreIcc: conversion !== 'by itself',
  });
  return region === null ? opened : opened.extract(region);
}

function fromHeic(bytes: Buffer, region: Region | null): Sharp {
  const { data, width, height, channels } = decodeHeic(bytes);
  const opened = sharp(data, { raw: { width, height, channels } });
  return region === null ? opened : opened.extract(region);
}

/** Pixels cannot be given a profile, a file can: the small picture goes through a TIFF in memory. */
async function converted(pixels: Pixels, { icc }: ReadablePicture): Promise<Raster> {
  if (icc === null) throw new TypeError('there is no profile to convert from');
  const tiff = withProfile(pixels, icc);
  const limitInputPixels = RECIPE.size ** 2;
  // One that does not fit the pixels, or is broken, is left out by sharp.
  return pixels.channels === 1
    ? rasterOf(sharp(tiff, { limitInputPixels }).toColourspace('srgb'))
    : rasterOf(sharp(tiff, { limitInputPixels, ignoreIcc: true }).withIccProfile('srgb', { attach: false }));
}

async function rasterOf(picture: Sharp): Promise<Raster> {
  const { data, width, height, channels } = await pixelsOf(picture);
  if (channels !== 3) throw new TypeError(`${channels} channels`);
  return { data, width, height };
}

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels !== 1 && channels !== 3) throw new TypeError(`${channels} channels`);
  return { data, width, height, channels };
}
