import { sharp } from '../../photos/decoder';
import { gridHeic } from './hostile-heic';
import { manyScans } from './many-scans';

/** What a decoder holds whole, for 7000 × 7000 pixels; two tiles of a TIFF, because libvips refuses larger ones. */
const SIDE = 7_000;
const TILE = 3_504;

/** Files of the most pixels that pass the limits, in the ways of coding them that take the most memory or time. */
export async function largestFiles(): Promise<Record<string, Buffer>> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const noisy = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#888', noise } });
  const flat = sharp({ create: { width: SIDE, height: SIDE, channels: 3, background: '#888' } });
  const deep = sharp({
    create: { width: SIDE, height: SIDE, channels: 4, background: { r: 120, g: 99, b: 80, alpha: 0.5 } },
  }).toColourspace('rgb16');
  const oneScanFirst = { progressive: true, quality: 40, chromaSubsampling: '4:4:4' };
  return {
    '49-megapixels-progressive.jpg': await noisy.jpeg({ progressive: true, quality: 40 }).toBuffer(),
    '49-megapixels-190-scans.jpg': manyScans(await flat.clone().jpeg(oneScanFirst).toBuffer(), SIDE, SIDE),
    '49-megapixels-interlaced.png': await flat.clone().png({ progressive: true }).toBuffer(),
    '49-megapixels-16-bits-interlaced.png': await deep.clone().png({ progressive: true }).toBuffer(),
    '49-megapixels-16-bits-tiled.tiff': await deep
      .clone()
      .tiff({ compression: 'deflate', tile: true, tileWidth: TILE, tileHeight: TILE })
      .toBuffer(),
    '24-megapixels.avif': await sharp({
      create: { width: 6_000, height: 4_000, channels: 3, background: '#888' },
    })
      .avif({ effort: 0 })
      .toBuffer(),
    '11-megapixels-255-tiles.heic': gridHeic(15, 17),
  };
}
