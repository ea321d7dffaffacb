import { sharp, type Sharp } from './decoder';
import { decodeHeic } from './heic/decode-heic';
import { withProfile } from './heic/profile-tiff';
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
  const source = picture.format === 'heic' ? fromHeic(bytes, region) : fromSharp(bytes, picture, region);
  const fitted = source
    .resize(size, size, { fit: 'inside' })
    // Transparent turns black wherever the background is not given.
    .flatten({ background });
  const late = convertsLate(picture);
  if (picture.format === 'heic') return late ? profiled(fitted, picture.icc) : rasterOf(fitted);
  return rasterOf(late ? fitted.withIccProfile('srgb', { attach: false }) : fitted.toColourspace('srgb'));
}

function fromSharp(bytes: Buffer, picture: ReadablePicture, region: Region | null): Sharp {
  const opened = sharp(bytes, {
    // Half a photo over gray comes out at 'none'; 'warning' refuses real camera files that only have odd metadata.
    failOn: 'error',
    limitInputPixels: picture.width * picture.height,
    autoOrient: true,
    ignoreIcc: convertsLate(picture),
  });
  return region === null ? opened : opened.extract(region);
}

function fromHeic(bytes: Buffer, region: Region | null): Sharp {
  const { data, width, height, channels } = decodeHeic(bytes);
  const opened = sharp(data, { raw: { width, height, channels } });
  return region === null ? opened : opened.extract(region);
}

/** Pixels cannot be given a profile, a file can: the small picture goes through a TIFF in memory. */
async function profiled(fitted: Sharp, icc: Buffer | null): Promise<Raster> {
  const raster = await rasterOf(fitted);
  if (icc === null) return raster;
  const tiff = sharp(withProfile(raster, icc), { ignoreIcc: true, limitInputPixels: RECIPE.size ** 2 });
  return rasterOf(tiff.withIccProfile('srgb', { attach: false }));
}

async function rasterOf(picture: Sharp): Promise<Raster> {
  const { data, info } = await picture.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${info.channels} channels`);
  return { data, width: info.width, height: info.height };
}

/**
 * Converts the profile after the resize instead of before it. Needed for 16-bit RGB, which sharp 0.35 otherwise takes
 * through Display-P3 and never brings back (180,120,90 becomes 171,122,94); for 8 bits it only saves time. Without a
 * profile it would break 16-bit RGB, and CMYK or gray have to be converted first.
 */
function convertsLate({ icc, space }: ReadablePicture): boolean {
  return icc !== null && (space === 'srgb' || space === 'rgb16');
}
