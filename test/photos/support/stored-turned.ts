import { fromPixels, type Pixels } from './pictures';

/** Where the stored pixel (x, y) of a w × h file is seen, by the EXIF standard's table of orientations. */
const SEEN_AT: Record<number, (x: number, y: number, w: number, h: number) => [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y, w) => [w - 1 - x, y],
  3: (x, y, w, h) => [w - 1 - x, h - 1 - y],
  4: (x, y, _w, h) => [x, h - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y, _w, h) => [h - 1 - y, x],
  7: (x, y, w, h) => [h - 1 - y, w - 1 - x],
  8: (x, y, w) => [y, w - 1 - x],
};

/** A JPEG that holds an upright picture turned and mirrored, with the EXIF tag that says so (0: no tag). */
export async function storedTurned(upright: Pixels, orientation: number, tag = orientation): Promise<Buffer> {
  const seenAt = SEEN_AT[orientation];
  if (!seenAt) throw new Error(`orientation ${orientation}`);
  const sideways = orientation >= 5;
  const width = sideways ? upright.height : upright.width;
  const height = sideways ? upright.width : upright.height;
  const data = Buffer.alloc(upright.data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = seenAt(x, y, width, height);
      const from = (v * upright.width + u) * 3;
      upright.data.copy(data, (y * width + x) * 3, from, from + 3);
    }
  }
  const stored = fromPixels({ data, width, height }).jpeg({ quality: 98, chromaSubsampling: '4:4:4' });
  return (tag === 0 ? stored : stored.withMetadata({ orientation: tag })).toBuffer();
}
