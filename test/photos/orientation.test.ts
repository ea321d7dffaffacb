import { decode, fromPixels, meanDifference, unlikeCorners } from './support/pictures';
import { findingsOf, normalized } from './support/normalized';
import { storedTurned } from './support/stored-turned';

describe.each([
  ['landscape', 480, 320],
  ['portrait', 320, 480],
])('a %s photo', (_shape, width, height) => {
  const upright = unlikeCorners(width, height);
  const expected = fromPixels(upright).png().toBuffer().then(normalized).then(decode);

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'stored with EXIF orientation %i comes out upright',
    async (orientation) => {
      const turned = await decode(await normalized(await storedTurned(upright, orientation)));
      expect(meanDifference(turned.data, (await expected).data)).toBeLessThan(1.5);
    },
  );

  // Shows that the likeness above can fail: the same pixels without the tag are another picture.
  test.each([2, 3, 4, 5, 6, 7, 8])(
    'stored as for %i but without the tag stays as it is',
    async (orientation) => {
      const untagged = await decode(await normalized(await storedTurned(upright, orientation, 0)));
      expect(meanDifference(untagged.data, (await expected).data)).toBeGreaterThan(15);
    },
  );

  test('a tag of 0, which some cameras write and no standard knows, turns nothing', async () => {
    const tagged = await storedTurned(upright, 1, 6);
    const tag = tagged.indexOf(Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]));
    expect(tag).toBeGreaterThan(0);
    tagged.writeUInt16LE(0, tag + 8);
    const none = await decode(await normalized(await storedTurned(upright, 1, 0)));
    expect((await decode(await normalized(tagged))).data.equals(none.data)).toBe(true);
    expect(await findingsOf(tagged)).toMatchObject({ orientation: 1, width, height });
  });
});

test('the tag for upright is the same as no tag', async () => {
  const upright = unlikeCorners(480, 320);
  const tagged = await decode(await normalized(await storedTurned(upright, 1, 1)));
  const none = await decode(await normalized(await storedTurned(upright, 1, 0)));
  expect(tagged.data.equals(none.data)).toBe(true);
});
