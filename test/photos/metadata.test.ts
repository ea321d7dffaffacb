import { sharp } from '../../src/photos/decoder';
import { normalized } from './support/normalized';
import { plain } from './support/pictures';

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

test.each([
  ['JPEG', () => planted().jpeg().toBuffer()],
  ['PNG', () => planted().png().toBuffer()],
  ['WebP', () => planted().webp().toBuffer()],
  ['TIFF', () => planted().tiff().toBuffer()],
])('nothing of the EXIF, GPS, XMP and ICC of a %s is left', async (_format, make) => {
  const input = await make();
  const before = await sharp(input).metadata();
  // sharp cannot write EXIF into a TIFF.
  expect(before.exif?.includes('planted-artist')).toBe(before.format === 'tiff' ? undefined : true);
  expect(before.xmp?.includes('planted-xmp')).toBe(true);
  expect(before.icc).toBeDefined();

  const output = await normalized(input);
  const after = await sharp(output).metadata();
  expect(after).toMatchObject({ format: 'jpeg', width: 640, height: 640, space: 'srgb', channels: 3 });
  for (const kind of ['exif', 'icc', 'xmp', 'iptc', 'orientation', 'comments'] as const) {
    expect(after[kind]).toBeUndefined();
  }
  for (const trace of ['planted', 'Exif', 'ICC_PROFILE', 'xmpmeta', 'http://', 'Photoshop']) {
    expect(output.includes(trace)).toBe(false);
  }
});

test('the JPEG has full chroma', async () => {
  const output = await normalized(await planted().jpeg().toBuffer());
  expect((await sharp(output).metadata()).chromaSubsampling).toBe('4:4:4');
});
