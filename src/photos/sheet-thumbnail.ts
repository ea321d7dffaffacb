import { sharp } from './decoder';

/** Pixels of a square picture, row by row. */
export interface Thumbnail {
  data: Buffer;
  width: number;
  height: number;
  channels: 3 | 4;
}

const NOTHING = '#dee2e6';

/**
 * A picture inside a square of `side` pixels with `frame` pixels of `background` around it; a plain gray square when
 * there is none or it cannot be decoded. Shows the pixels as stored, so that one sees what was turned, and as much of
 * a file that breaks off as there is.
 */
export async function thumbnail(bytes: Buffer | null, side: number, background: string, frame = 0) {
  return (bytes && (await shrink(bytes, side, background, frame))) ?? plain(side);
}

async function shrink(bytes: Buffer, side: number, background: string, frame: number) {
  try {
    const data = await sharp(bytes, { failOn: 'none', limitInputPixels: false })
      .resize(side - 2 * frame, side - 2 * frame, { fit: 'contain', background })
      .flatten({ background })
      .extend({ top: frame, bottom: frame, left: frame, right: frame, background })
      .toColourspace('srgb')
      .timeout({ seconds: 10 })
      .raw()
      .toBuffer();
    return pixels(data, side);
  } catch {
    return undefined;
  }
}

async function plain(side: number): Promise<Thumbnail> {
  const create = { width: side, height: side, channels: 3, background: NOTHING } as const;
  return pixels(await sharp({ create }).raw().toBuffer(), side);
}

function pixels(data: Buffer, side: number): Thumbnail {
  return { data, width: side, height: side, channels: 3 };
}
