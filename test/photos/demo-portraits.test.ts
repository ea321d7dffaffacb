import { drawPortraits } from '../../src/demo-portraits';
import { sharp } from '../../src/photos/decoder';
import { DEFAULT_GATES } from '../../src/contract/gates';
import { findTwins } from '../../src/photos/gates/find-twins';
import { findingsOf, judge, normalized } from './support/normalized';
import { decode, meanDifference, pixelAt } from './support/pictures';

const drawn = drawPortraits();

async function portrait(name: string): Promise<Buffer> {
  const found = (await drawn).find((photo) => photo.name.includes(name));
  if (!found) throw new Error(`no portrait ${name}`);
  return found.bytes;
}

test('there are fourteen: twelve good ones, one that repeats another, one that breaks off', async () => {
  const verdicts = await Promise.all((await drawn).map(({ bytes }) => judge(bytes, DEFAULT_GATES)));
  expect(new Set((await drawn).map(({ name }) => name)).size).toBe(14);
  expect(verdicts).toEqual([...Array<string>(13).fill('accepted'), 'rejected: damaged']);

  const good = await Promise.all((await drawn).slice(0, 13).map(({ bytes }) => findingsOf(bytes)));
  const twins = findTwins(
    good.map((findings, index) => ({
      contentHash: `${index}`,
      findings,
      judgement: { verdict: 'accepted', reasons: [] },
    })),
    DEFAULT_GATES,
  );
  expect(twins.map(({ twin }) => twin)).toEqual([...Array<null>(12).fill(null), 1]);
});

test('every name tells its format', async () => {
  for (const { name, bytes } of await drawn) {
    const { format } = await sharp(bytes).metadata();
    expect(name).toMatch(format === 'jpeg' ? /\.jpg$/ : new RegExp(`\\.${format}$`));
  }
});

test('three are stored turned, one has a place in it, one is transparent', async () => {
  const headers = await Promise.all((await drawn).map(({ bytes }) => sharp(bytes).metadata()));
  const turned = headers
    .map(({ orientation }) => orientation ?? 1)
    .filter((orientation) => orientation !== 1);
  expect(turned.sort()).toEqual([3, 6, 8]);
  // Tag 0x8825 points to the GPS part of EXIF; little-endian here.
  const places = headers.filter(({ exif }) => exif?.includes(Buffer.from([0x25, 0x88])));
  expect(places).toHaveLength(1);
  expect((await sharp(await portrait('cutout')).stats()).isOpaque).toBe(false);
});

test('all come out upright: dark hair above, the face in the middle', async () => {
  for (const { name, bytes } of (await drawn).slice(0, 12)) {
    const { data } = await decode(await normalized(bytes));
    const skin = (fromY: number, toY: number) => {
      let count = 0;
      for (let y = fromY; y < toY; y += 4) {
        for (let x = 0; x < 640; x += 4) {
          const [r = 0, g = 0, b = 0] = pixelAt(data, x, y);
          if (r > 170 && r - b > 55 && r - g > 30 && r - g < 85) count++;
        }
      }
      return count;
    };
    expect(`${name} ${skin(200, 440) > 4 * skin(0, 200)}`).toBe(`${name} true`);
  }
});

test('they are the same at every call, and no two are alike', async () => {
  const again = await drawPortraits();
  for (const [index, { bytes }] of (await drawn).entries())
    expect(again[index]?.bytes.equals(bytes)).toBe(true);
  const studio = await decode(
    await sharp(await portrait('studio'))
      .resize(64, 64, { fit: 'fill' })
      .png()
      .toBuffer(),
  );
  const beach = await decode(
    await sharp(await portrait('beach'))
      .autoOrient()
      .resize(64, 64, { fit: 'fill' })
      .png()
      .toBuffer(),
  );
  expect(meanDifference(studio.data, beach.data)).toBeGreaterThan(10);
});
