import { sharp } from '../../src/photos/decoder';
import { examine } from '../../src/photos/examine';
import { decode, fromPixels, meanDifference, plain, unlikeCorners } from './support/pictures';
import { storedTurned } from './support/stored-turned';

async function thumbnailOf(bytes: Buffer): Promise<Buffer> {
  const { thumbnail } = await examine(bytes, { crop: 'whole', faces: null });
  if (thumbnail === null) throw new Error('there is none');
  return thumbnail;
}

const planted = () =>
  plain(800, 600)
    .withIccProfile('p3')
    .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">planted-xmp</x:xmpmeta>')
    .withExif({ IFD0: { Artist: 'planted-artist' }, IFD3: { GPSLatitude: '48/1 51/1 30/1' } })
    .jpeg();

describe('the preview of a photo', () => {
  test.each<[string, (photo: Buffer) => Buffer]>([
    ['a whole photo', (photo) => photo],
    ['one that breaks off', (photo) => photo.subarray(0, photo.length - 200)],
  ])('%s: small, without metadata', async (_what, cut) => {
    const photo = await planted().toBuffer();
    expect(photo.includes('planted-artist')).toBe(true);
    const preview = await thumbnailOf(cut(photo));
    const { width, height, exif, icc, xmp, iptc } = await sharp(preview).metadata();
    expect({ width, height, exif, icc, xmp, iptc }).toEqual({ width: 240, height: 180 });
    for (const trace of ['planted', 'Exif', 'ICC_PROFILE', 'http://'])
      expect(preview.includes(trace)).toBe(false);
  });

  test('what breaks off is shown as far as it goes, and a header alone not at all', async () => {
    const photo = await fromPixels(unlikeCorners(800, 600)).jpeg().toBuffer();
    const half = await decode(await thumbnailOf(photo.subarray(0, photo.length / 2)));
    const whole = await decode(await thumbnailOf(photo));
    const top = (240 * 3 * 180) / 4; // the first quarter of the rows
    expect(meanDifference(half.data.subarray(0, top), whole.data.subarray(0, top))).toBeLessThan(3);
    expect(meanDifference(half.data, whole.data)).toBeGreaterThan(10);
    expect(await examine(photo.subarray(0, 100), { crop: 'whole', faces: null })).toMatchObject({
      reason: 'damaged',
      thumbnail: null,
    });
  });
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'of a photo stored with EXIF orientation %i, it shows the pixels as they are stored',
  async (orientation) => {
    const stored = await storedTurned(unlikeCorners(480, 320), orientation);
    const untagged = await storedTurned(unlikeCorners(480, 320), orientation, 0);
    const [seen, expected] = [await thumbnailOf(stored), await thumbnailOf(untagged)];
    const [a, b] = [await decode(seen), await decode(expected)];
    expect([a.width, a.height]).toEqual([b.width, b.height]);
    expect(meanDifference(a.data, b.data)).toBeLessThan(2.5);
  },
);
