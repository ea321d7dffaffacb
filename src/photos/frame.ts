import { sharp, type Sharp } from './decoder';
import type { ReadablePicture } from './inspect';
import { RECIPE } from './recipe';

// Decoding the worst picture that passes the limits takes about 3 s; a file that needs far longer is made to.
const DECODE_SECONDS = 20;

/**
 * Turns a photo upright, fits all of it into the square, pads with white, and brings it to 8-bit sRGB. Nothing runs
 * before the result is asked for, so a broken file throws there.
 */
export function frame(bytes: Buffer, picture: ReadablePicture): Sharp {
  const late = convertsLate(picture);
  const framed = sharp(bytes, {
    // Half a photo over gray comes out at 'none'; 'warning' refuses real camera files that only have odd metadata.
    failOn: 'error',
    limitInputPixels: picture.width * picture.height,
    autoOrient: true,
    ignoreIcc: late,
  })
    // `contain` pads with black, and transparent turns black, wherever the background is not given.
    .resize(RECIPE.size, RECIPE.size, { fit: 'contain', background: RECIPE.background })
    .flatten({ background: RECIPE.background })
    .timeout({ seconds: DECODE_SECONDS });
  return late ? framed.withIccProfile('srgb', { attach: false }) : framed.toColourspace('srgb');
}

/** The framed photo before JPEG coding: RGB, 8 bits a channel, row by row. Throws what sharp throws. */
export async function rawFrame(bytes: Buffer, picture: ReadablePicture): Promise<Buffer> {
  return frame(bytes, picture).raw().toBuffer();
}

/**
 * Converts the profile after the resize instead of before it. Needed for 16-bit RGB, which sharp 0.35 otherwise takes
 * through Display-P3 and never brings back (180,120,90 becomes 171,122,94); for 8 bits it only saves time. Without a
 * profile it would break 16-bit RGB, and CMYK or gray have to be converted first.
 */
function convertsLate({ icc, space }: ReadablePicture): boolean {
  return icc && (space === 'srgb' || space === 'rgb16');
}
