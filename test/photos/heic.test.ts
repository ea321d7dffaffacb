import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { decode } from '../../src/photos/decode';
import { inspect } from '../../src/photos/inspect';
import type { Raster } from '../../src/photos/raster';
import { framed, judge, normalized, findingsOf } from './support/normalized';
import {
  fromPixels,
  meanDifference,
  pixelAt,
  unlikeCorners,
  withProfile,
  type Pixels,
} from './support/pictures';
import { withTransforms, type Transform } from './support/heif-transforms';
import { sharp } from '../../src/photos/decoder';

const sample = (name: string) => readFileSync(path.join(__dirname, 'support/heic', `${name}.heic`));
const upright = unlikeCorners(240, 180);
const PLAIN = sample('plain');

/** The picture after the transforms, pixel by pixel, by the words of the standard. */
function transformed(pixels: Pixels, transforms: readonly Transform[]): Pixels {
  return transforms.reduce<Pixels>((seen, transform) => {
    if ('irot' in transform) {
      let turned = seen;
      for (let quarter = 0; quarter < transform.irot; quarter += 1) turned = turnedLeft(turned);
      return turned;
    }
    return mirrored(seen, transform.imir);
  }, pixels);
}

function remapped(
  { data, width }: Pixels,
  to: { width: number; height: number },
  from: (x: number, y: number) => [number, number],
): Pixels {
  const out = Buffer.alloc(data.length);
  for (let y = 0; y < to.height; y += 1)
    for (let x = 0; x < to.width; x += 1) {
      const [u, v] = from(x, y);
      data.copy(out, (y * to.width + x) * 3, (v * width + u) * 3, (v * width + u) * 3 + 3);
    }
  return { data: out, ...to };
}

/** A quarter anti-clockwise. */
function turnedLeft(seen: Pixels): Pixels {
  return remapped(seen, { width: seen.height, height: seen.width }, (x, y) => [seen.width - 1 - y, x]);
}

/** 0: top and bottom change places, 1: left and right (the edition of 2022; the words of 2017 were read both ways). */
function mirrored(seen: Pixels, axis: 0 | 1): Pixels {
  return remapped(seen, { width: seen.width, height: seen.height }, (x, y) =>
    axis === 0 ? [x, seen.height - 1 - y] : [seen.width - 1 - x, y],
  );
}

test('HEIC is read', async () => {
  expect(await inspect(PLAIN)).toMatchObject({ readable: true, format: 'heic', width: 240, height: 180 });
  const expected = await framed(await fromPixels(upright).png().toBuffer());
  expect(meanDifference(await framed(PLAIN), expected)).toBeLessThan(1.5);
});

const ROTATIONS = [0, 1, 2, 3] as const;
const CASES: Transform[][] = [
  ...ROTATIONS.map((irot) => [{ irot }]),
  [{ imir: 0 }],
  [{ imir: 1 }],
  ...ROTATIONS.flatMap((irot): Transform[][] => [
    [{ irot }, { imir: 0 }],
    [{ irot }, { imir: 1 }],
    [{ imir: 0 }, { irot }],
  ]),
];

test.each(CASES.map((transforms) => [JSON.stringify(transforms), transforms] as const))(
  'its boxes turn and mirror it: %s',
  async (_words, transforms) => {
    const heic = withTransforms(PLAIN, transforms);
    const expected = transformed(upright, transforms);
    expect(await inspect(heic)).toMatchObject({ width: expected.width, height: expected.height });
    const pixels = await framed(heic);
    expect(meanDifference(pixels, await framed(await fromPixels(expected).png().toBuffer()))).toBeLessThan(
      1.5,
    );
    expect(await findingsOf(heic)).toMatchObject({
      width: expected.width,
      height: expected.height,
      orientation: 1,
    });
  },
);

test('its EXIF tag says the same once more and is not applied again', async () => {
  const heic = sample('exif-6');
  // Tag 0x0112, one 16-bit number: 6. sharp hides it, because libheif has done what it asks for.
  expect(heic.includes(Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]))).toBe(true);
  expect(await inspect(heic)).toMatchObject({ width: 240, height: 180, orientation: 1 });
  const expected = await framed(await fromPixels(upright).png().toBuffer());
  expect(meanDifference(await framed(heic), expected)).toBeLessThan(4);
});

describe('colors that are only named', () => {
  // 1: of sRGB; 12: of Display-P3. 13: the curve of sRGB; 16 and 18: PQ and HLG. 6: the matrix of JPEG.
  const named = (primaries: number, transfer: number) =>
    withTransforms(sample('ten-bit'), [{ nclx: [primaries, transfer, 6] }]);

  test('as sRGB are taken as they are', async () => {
    expect(distance(pixelAt(await framed(named(1, 13)), 320, 320), [180, 120, 90])).toBeLessThanOrEqual(2);
  });

  test('as Display-P3 are converted', async () => {
    const p3 = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#000' } })
      .withIccProfile('p3')
      .png()
      .toBuffer();
    const { icc } = await sharp(p3).metadata();
    if (icc === undefined) throw new Error('no profile');
    const same = sharp({ create: { width: 600, height: 600, channels: 3, background: 'rgb(180,120,90)' } });
    const expected = pixelAt(await framed(withProfile(await same.png().toBuffer(), icc)), 320, 320);
    expect(distance(expected, [180, 120, 90])).toBeGreaterThan(8);
    expect(distance(pixelAt(await framed(named(12, 13)), 320, 320), expected)).toBeLessThanOrEqual(2);
  });

  test.each([16, 18])('as HDR (transfer %i) are refused: they would come out flat', async (transfer) => {
    expect(await judge(named(9, transfer))).toBe('rejected: unsupported-format');
  });

  test('of a video behind the picture do not count', async () => {
    const video = Buffer.concat([Buffer.from('\0\0\0\x1bmpvd', 'latin1'), Buffer.from('colrnclx', 'latin1')]);
    const colors = Buffer.from([0, 9, 0, 16, 0, 9, 0x80, 0, 0, 0, 0]);
    expect(await judge(Buffer.concat([PLAIN, video, colors]))).toBe(await judge(PLAIN));
  });

  test('do not count beside a profile', async () => {
    const both = withTransforms(sample('display-p3'), [{ nclx: [1, 13, 6] }]);
    expect((await framed(both)).equals(await framed(sample('display-p3')))).toBe(true);
  });
});

test('its color profile is applied', async () => {
  const heic = sample('display-p3');
  const picture = await inspect(heic);
  expect(picture).toMatchObject({ readable: true, icc: expect.any(Buffer) as Buffer });
  expect(distance(pixelAt(await framed(heic), 320, 320), [180, 120, 90])).toBeLessThanOrEqual(2);
});

test.each([
  ['gray', [120, 120, 120]],
  ['ten-bit', [180, 120, 90]],
])('%s pixels become 8-bit RGB of the same color', async (name, color) => {
  expect(distance(pixelAt(await framed(sample(name)), 320, 320), color)).toBeLessThanOrEqual(2);
});

describe('of several pictures in a file, the primary one is used', () => {
  const two = sample('two-pictures'); // a wide red one and a tall blue one; `pitm` names the first
  const other = Buffer.from(two);
  const at = other.indexOf('pitm') + 8;
  other.writeUInt16BE(4, at);

  test.each([
    ['the first', two, { width: 64, height: 48, pages: 2 }, [200, 30, 30]],
    ['the second', other, { width: 48, height: 96, pages: 2 }, [30, 120, 200]],
  ])('%s', async (_which, heic, expected, color) => {
    expect(two.readUInt16BE(at)).toBe(2);
    expect(await inspect(heic)).toMatchObject(expected);
    expect(await findingsOf(heic)).toMatchObject(expected);
    expect(distance(pixelAt(await framed(heic), 320, 320), color)).toBeLessThanOrEqual(3);
  });
});

test('transparent parts are white, without a dark rim', async () => {
  const pixels = await framed(sample('transparent'));
  expect(pixelAt(pixels, 0, 0)).toEqual([255, 255, 255]);
  expect(distance(pixelAt(pixels, 320, 320), [255, 0, 0])).toBeLessThanOrEqual(4);
  const reds = pixels.filter((_, at) => at % 3 === 0);
  expect(Math.min(...new Set(reds))).toBeGreaterThanOrEqual(245);
});

test('what comes out of it has no metadata', async () => {
  for (const name of ['plain', 'exif-6', 'display-p3']) {
    const output = await normalized(sample(name));
    const { width, height, exif, icc, xmp } = await sharp(output).metadata();
    expect({ width, height, exif, icc, xmp }).toEqual({ width: 640, height: 640 });
    for (const trace of ['Exif', 'ICC_PROFILE', 'http://']) expect(output.includes(trace)).toBe(false);
  }
});

describe('a broken HEIC is refused cleanly', () => {
  test.each([0.1, 0.3, 0.5, 0.9, 0.999])('cut after %f of it', async (part) => {
    expect(await judge(PLAIN.subarray(0, Math.floor(PLAIN.length * part)))).toBe('rejected: damaged');
  });

  test('with a box that ends behind the file, or before it begins', async () => {
    for (const size of [PLAIN.length * 2, 4, 0x7fff_ffff]) {
      const broken = Buffer.from(PLAIN);
      broken.writeUInt32BE(size, broken.indexOf('mdat') - 4);
      expect(await judge(broken)).toBe('rejected: damaged');
    }
  });

  test('what stands behind the last box does not break it off', async () => {
    const large = await judge(PLAIN);
    for (const tail of ['\n', '\0\0\0\0', '-- written by a program that signs its files --', '\0'.repeat(16)])
      expect(await judge(Buffer.concat([PLAIN, Buffer.from(tail, 'latin1')]))).toBe(large);
    const cutBox = Buffer.from('\0\0\x10\0mdat', 'latin1');
    expect(await judge(Buffer.concat([PLAIN, cutBox]))).toBe('rejected: damaged');
  });

  test('with its codec data overwritten', async () => {
    const broken = Buffer.from(PLAIN);
    broken.fill(0x5a, broken.indexOf('mdat') + 4);
    expect(await judge(broken)).toBe('rejected: damaged');
  });
});

// The native library, where Debian's package is installed: another build of libheif, and another way of color.
const isVipsThere = existsSync('/usr/bin/vips');
(isVipsThere ? describe : describe.skip)('as native libvips sees it, within 2 of 255', () => {
  test.each(['plain', 'display-p3', 'exif-6'])('%s', async (name) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'darkroom-heic-'));
    try {
      const [from, to] = [path.join(folder, 'in.heic'), path.join(folder, 'out.png')];
      writeFileSync(from, withTransforms(sample(name), [{ irot: 1 }, { imir: 1 }]));
      // With nothing of this process around it: what sharp has blocked here would be blocked there.
      execFileSync('/usr/bin/vips', ['icc_transform', from, to, 'srgb', '--embedded'], { env: {} });
      const [ours, theirs] = [await raster(readFileSync(from)), await raster(readFileSync(to))];
      expect(meanDifference(Buffer.from(ours.data), Buffer.from(theirs.data))).toBeLessThanOrEqual(2);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** Without the white around it, which is always the same. */
async function raster(bytes: Buffer): Promise<Raster> {
  const picture = await inspect(bytes);
  if (!picture.readable) throw new Error(picture.reason);
  return decode(bytes, picture);
}

function distance(pixel: readonly number[], color: readonly number[]): number {
  return Math.max(...color.map((value, channel) => Math.abs(value - (pixel[channel] ?? 0))));
}
