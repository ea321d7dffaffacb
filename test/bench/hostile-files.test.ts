import { gridHeic } from '../../src/bench/photos/hostile-heic';
import { manyScans } from '../../src/bench/photos/many-scans';
import { decode } from '../../src/photos/decode';
import { sharp } from '../../src/photos/decoder';
import { inspect } from '../../src/photos/inspect';
import type { Raster } from '../../src/photos/raster';
import { meanDifference } from '../photos/support/pictures';

/** Were they refused at the door, a benchmark would measure nothing. */
describe('files that are made to hurt pass the door', () => {
  const decoded = async (bytes: Buffer) => {
    const picture = await inspect(bytes);
    if (!picture.readable) throw new Error(picture.reason);
    return decode(bytes, picture);
  };

  it('a HEIC of tiles is the tile again and again, in as many as there may be', async () => {
    const [tile, grid] = [await decoded(gridHeic(1, 1)), await decoded(gridHeic(2, 2))];
    const [first, quarter] = await Promise.all([
      small(tile),
      small(grid, { left: 0, top: 0, width: grid.width / 2, height: grid.height / 2 }),
    ]);
    expect(meanDifference(first, quarter)).toBeLessThan(3);
    expect(await inspect(gridHeic(15, 17))).toMatchObject({
      format: 'heic',
      width: 3600,
      height: 3060,
      pages: 1,
    });
    expect(await inspect(gridHeic(16, 16))).toMatchObject({ readable: false });
  });

  it('a JPEG of 190 scans is the picture that it was made of', async () => {
    const [width, height] = [100, 60];
    const flat = sharp({ create: { width, height, channels: 3, background: '#886' } });
    const progressive = await flat.jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer();
    const bytes = manyScans(progressive, width, height);
    expect(bytes.toString('latin1').split('\xff\xda')).toHaveLength(1 + 190);
    const [before, after] = [await decoded(progressive), await decoded(bytes)];
    expect(meanDifference(Buffer.from(before.data), Buffer.from(after.data))).toBeLessThan(3);
  });
});

function small(
  { data, width, height }: Raster,
  region = { left: 0, top: 0, width, height },
): Promise<Buffer> {
  return sharp(data, { raw: { width, height, channels: 3 } })
    .extract(region)
    .resize(64, 48, { fit: 'fill' })
    .raw()
    .toBuffer();
}
