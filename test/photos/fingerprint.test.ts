import { sharp } from '../../src/photos/decoder';
import { drawPortraits } from '../../src/demo-portraits';
import { hashDistance } from '../../src/photos/fingerprint';
import { findingsOf } from './support/normalized';

const drawn = drawPortraits();
async function portrait(name: string): Promise<Buffer> {
  const found = (await drawn).find((photo) => photo.name.startsWith(name));
  if (!found) throw new Error(`no portrait ${name}`);
  return found.bytes;
}
const hashes = async (bytes: Buffer) => {
  const { hash, mirroredHash } = await findingsOf(bytes);
  return { hash, mirroredHash };
};

describe('the same picture in another form', () => {
  test.each<[string, (photo: Buffer) => Promise<Buffer>]>([
    ['saved again, badly', (photo) => sharp(photo).jpeg({ quality: 40 }).toBuffer()],
    ['half the size', (photo) => sharp(photo).resize(640).png().toBuffer()],
    ['gray', (photo) => sharp(photo).grayscale().jpeg().toBuffer()],
    ['a little brighter', (photo) => sharp(photo).linear(1.1, 5).jpeg().toBuffer()],
    // Were it taken with the white bars, which only one of the two gets, these would be strangers.
    ['stretched to a square', (photo) => sharp(photo).resize(800, 800, { fit: 'fill' }).webp().toBuffer()],
  ])('%s', async (_what, change) => {
    const photo = await portrait('02');
    const [one, other] = [await hashes(photo), await hashes(await change(photo))];
    expect(hashDistance(one.hash, other.hash)).toBeLessThanOrEqual(4);
  });

  test('mirrored: the one is the mirrored hash of the other', async () => {
    const photo = await portrait('02');
    const [one, other] = [await hashes(photo), await hashes(await sharp(photo).flop().png().toBuffer())];
    expect(hashDistance(one.hash, other.hash)).toBeGreaterThan(10);
    expect(hashDistance(one.hash, other.mirroredHash)).toBeLessThanOrEqual(2);
    expect(hashDistance(one.mirroredHash, other.hash)).toBeLessThanOrEqual(2);
  });
});

test('pictures of the same person in other places are not twins', async () => {
  const good = await Promise.all((await drawn).slice(0, 12).map(({ bytes }) => hashes(bytes)));
  for (const [a, one] of good.entries())
    for (const other of good.slice(a + 1)) {
      expect(hashDistance(one.hash, other.hash)).toBeGreaterThan(10);
      expect(hashDistance(one.hash, other.mirroredHash)).toBeGreaterThan(10);
    }
});

test('a plain picture has a hash like any other', async () => {
  const gray = sharp({ create: { width: 600, height: 600, channels: 3, background: '#777' } });
  expect((await hashes(await gray.png().toBuffer())).hash).toMatch(/^[0-9a-f]{16}$/);
});

test('hash distance counts bits', () => {
  expect(hashDistance('0000000000000000', 'ffffffffffffffff')).toBe(64);
  expect(hashDistance('00000000000000ff', '00000000000000fe')).toBe(1);
});
