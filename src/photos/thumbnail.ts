import { sharp, type Sharp } from './decoder';
import type { ReadablePicture } from './inspect';
import type { Raster } from './raster';

/** Pixels of the longer side. */
const SIDE = 240;

/** Turns an upright picture back to how it is stored, by EXIF orientation: mirrored first, then turned clockwise. */
const STORED: Record<number, { isMirrored: boolean; degrees: 0 | 90 | 180 | 270 }> = {
  2: { isMirrored: true, degrees: 0 },
  3: { isMirrored: false, degrees: 180 },
  4: { isMirrored: true, degrees: 180 },
  5: { isMirrored: true, degrees: 270 },
  6: { isMirrored: false, degrees: 270 },
  7: { isMirrored: true, degrees: 90 },
  8: { isMirrored: false, degrees: 90 },
};

/** The photo as its pixels are stored, so that a person sees what was turned: a small JPEG without metadata. */
export async function thumbnail({ data, width, height }: Raster, orientation: number): Promise<Buffer> {
  const small = await coded(sharp(data, { raw: { width, height, channels: 3 } }));
  const stored = STORED[orientation];
  if (stored === undefined) return small;
  const turned = sharp(small).flop(stored.isMirrored);
  return turned.rotate(stored.degrees).jpeg({ quality: 75 }).toBuffer();
}

/** As much as there is of a file that breaks off; null where nothing can be shown. */
export async function damagedThumbnail(bytes: Buffer, picture: ReadablePicture): Promise<Buffer | null> {
  const limitInputPixels = picture.width * picture.height;
  try {
    return await coded(sharp(bytes, { failOn: 'none', limitInputPixels }).flatten({ background: '#fff' }));
  } catch {
    return null;
  }
}

function coded(picture: Sharp): Promise<Buffer> {
  return picture
    .resize(SIDE, SIDE, { fit: 'inside', kernel: 'linear' })
    .toColourspace('srgb')
    .jpeg({ quality: 75, optimiseCoding: false })
    .toBuffer();
}
