import { readFileSync } from 'node:fs';
import path from 'node:path';
import { u16, u32 } from '../../src/bench/photos/boxes';
import { sharp } from '../../src/photos/decoder';
import { withGainMap } from './support/gain-map';
import { exifItem, withMetadata, xmpItem } from './support/heif-items';
import { extrasOf, segment, withSegments } from './support/jpeg-segments';
import { judge, normalized } from './support/normalized';
import { fromPixels, plain, plainJpeg, unlikeCorners } from './support/pictures';

const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/">planted-xmp</x:xmpmeta>';

function planted() {
  return plain(800, 600)
    .withIccProfile('p3')
    .withXmp(XMP)
    .withExif({
      IFD0: { Artist: 'planted-artist', Copyright: 'planted-copyright' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '48/1 51/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '2/1 17/1 40/1',
      },
    });
}

async function plantedHeic(): Promise<Buffer> {
  const { exif } = await sharp(await planted().jpeg().toBuffer()).metadata();
  if (exif === undefined) throw new Error('no EXIF');
  const heic = readFileSync(path.join(__dirname, 'support/heic/display-p3.heic'));
  return withMetadata(heic, [exifItem(exif), xmpItem(XMP)]);
}

/** One JPEG, and in it no more than its picture. */
async function expectNothingLeft(output: Buffer): Promise<void> {
  const after = await sharp(output).metadata();
  expect(after).toMatchObject({ format: 'jpeg', width: 640, height: 640, space: 'srgb', channels: 3 });
  for (const kind of ['exif', 'icc', 'xmp', 'iptc', 'orientation', 'comments'] as const) {
    expect(after[kind]).toBeUndefined();
  }
  for (const trace of [
    'planted',
    'Exif',
    'ICC_PROFILE',
    'xmpmeta',
    'http://',
    'Photoshop',
    'hdrgm',
    'urn:iso',
  ]) {
    expect(output.includes(trace)).toBe(false);
  }
  expect(extrasOf(output)).toEqual([]);
}

test.each([
  ['JPEG', () => planted().jpeg().toBuffer()],
  ['PNG', () => planted().png().toBuffer()],
  ['WebP', () => planted().webp().toBuffer()],
  ['TIFF', () => planted().tiff().toBuffer()],
  ['AVIF', () => planted().avif({ effort: 0 }).toBuffer()],
  ['HEIC', plantedHeic],
])('nothing of the EXIF, GPS, XMP and ICC of a %s is left', async (_format, make) => {
  const input = await make();
  const before = await sharp(input).metadata();
  // sharp cannot write EXIF into a TIFF.
  expect(before.exif?.includes('planted-artist')).toBe(before.format === 'tiff' ? undefined : true);
  expect(before.xmp?.includes('planted-xmp')).toBe(true);
  expect(before.icc).toBeDefined();
  await expectNothingLeft(await normalized(input));
});

test('nothing of the IPTC of a JPEG is left', async () => {
  const line = 'planted-author';
  const iptc = Buffer.concat([Buffer.from([0x1c, 2, 80]), u16(line.length), Buffer.from(line)]);
  const resource = ['Photoshop 3.0\0', '8BIM', u16(0x0404, 0), u32(iptc.length), iptc];
  const input = withSegments(
    await plainJpeg(800, 600),
    segment(0xed, ...resource, Buffer.alloc(iptc.length % 2)),
  );
  expect((await sharp(input).metadata()).iptc?.includes(line)).toBe(true);
  await expectNothingLeft(await normalized(input));
});

test('of a JPEG with a gain map, as phones save HDR, the plain picture alone is left', async () => {
  const jpeg = await fromPixels(unlikeCorners(800, 600)).jpeg().toBuffer();
  const input = withGainMap(jpeg, await plainJpeg(200, 150));
  const end = expect.stringMatching(/^\d+ bytes behind the end$/) as string;
  expect(extrasOf(input)).toEqual([
    'http://ns.adobe.com/xap/1.0/',
    'urn:iso:std:iso:ts:21496:-1',
    'MPF',
    end,
  ]);
  expect((await sharp(input).metadata()).xmp?.includes('hdrgm:Version')).toBe(true);

  expect(await judge(input)).toBe('accepted');
  const output = await normalized(input);
  await expectNothingLeft(output);
  expect(output.equals(await normalized(jpeg))).toBe(true);
});

test('the JPEG has full chroma', async () => {
  const output = await normalized(await planted().jpeg().toBuffer());
  expect((await sharp(output).metadata()).chromaSubsampling).toBe('4:4:4');
});
