import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sharp, type Sharp } from '../../src/photos/decoder';
import { adobeRgbProfile, inAdobeRgb } from './support/adobe-rgb';
import { framed } from './support/normalized';
import { linearGrayProfile } from './support/profile';
import { pixelAt, withProfile } from './support/pictures';
import { withTiffProfile } from './support/tiff-profile';

/** Each kind of file that can hold each kind of color, and what must come out of it. By value, not by "it did not throw". */
const COLOR = [180, 120, 90];
const SIZE = { width: 600, height: 600 };

const FORMATS: Record<string, (picture: Sharp) => Sharp> = {
  jpeg: (picture) => picture.jpeg({ quality: 98, chromaSubsampling: '4:4:4' }),
  'progressive jpeg': (picture) =>
    picture.jpeg({ quality: 98, chromaSubsampling: '4:4:4', progressive: true }),
  png: (picture) => picture.png(),
  webp: (picture) => picture.webp({ lossless: true }),
  avif: (picture) => picture.avif({ quality: 95, effort: 0, chromaSubsampling: '4:4:4' }),
  tiff: (picture) => picture.tiff({ compression: 'lzw' }),
};
const formats = Object.entries(FORMATS);
const withAlpha = formats.filter(([name]) => !name.includes('jpeg'));

const plain = (color: readonly number[], alpha = 1) => {
  const [r = 0, g = 0, b = 0] = color;
  const create = { ...SIZE, channels: alpha < 1 ? 4 : 3, background: { r, g, b, alpha } } as const;
  return sharp({ create });
};
const centerOf = async (bytes: Buffer) => pixelAt(await framed(bytes), 320, 320);
const storedIn = async (bytes: Buffer) => [
  ...(await sharp(bytes, { ignoreIcc: true }).removeAlpha().raw({ depth: 'uchar' }).toBuffer()).subarray(
    0,
    3,
  ),
];

function expectColor(pixel: readonly number[], color: readonly number[], tolerance: number): void {
  const distance = Math.max(...color.map((value, channel) => Math.abs(value - (pixel[channel] ?? 0))));
  expect({ pixel, color, isClose: distance <= tolerance }).toEqual({ pixel, color, isClose: true });
}

describe.each(formats)('%s', (_name, write) => {
  let folder: string;
  let adobe: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'darkroom-color-'));
    adobe = path.join(folder, 'adobe.icc');
    writeFileSync(adobe, adobeRgbProfile());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('without a profile', async () => {
    expectColor(await centerOf(await write(plain(COLOR)).toBuffer()), COLOR, 2);
  });

  test('sRGB', async () => {
    expectColor(await centerOf(await write(plain(COLOR).withIccProfile('srgb')).toBuffer()), COLOR, 2);
  });

  test('Display-P3', async () => {
    const bytes = await write(plain(COLOR).withIccProfile('p3')).toBuffer();
    const [red = 0] = await storedIn(bytes);
    expect(COLOR[0] ?? 0).toBeGreaterThan(red + 7); // else nothing was to be converted
    expectColor(await centerOf(bytes), COLOR, 3);
  });

  test('Adobe RGB', async () => {
    const bytes = await write(plain(COLOR).withIccProfile(adobe)).toBuffer();
    expectColor(await storedIn(bytes), inAdobeRgb(COLOR), 3);
    expectColor(await centerOf(bytes), COLOR, 3);
  });

  test('gray', async () => {
    const bytes = await write(plain([120, 120, 120]).toColourspace('b-w')).toBuffer();
    expectColor(await centerOf(bytes), [120, 120, 120], 2);
  });
});

describe.each(withAlpha)('%s with transparency', (_name, write) => {
  test('half transparent on white is the mean, wholly transparent is white', async () => {
    expectColor(await centerOf(await write(plain([200, 0, 0], 0.5)).toBuffer()), [227, 127, 127], 4);
    expectColor(await centerOf(await write(plain([0, 0, 0], 0.001)).toBuffer()), [255, 255, 255], 1);
  });

  test('and a profile', async () => {
    const bytes = await write(plain(COLOR, 0.999).withIccProfile('p3')).toBuffer();
    expectColor(await centerOf(bytes), COLOR, 3);
  });
});

describe.each(['png', 'tiff'])('%s with 16 bits a channel', (name) => {
  const sixteen = (color: readonly number[], space: 'rgb16' | 'grey16') => {
    const pixels = Uint16Array.from(
      { length: SIZE.width * SIZE.height * 3 },
      (_, at) => (color[at % 3] ?? 0) * 257,
    );
    const raw = { ...SIZE, channels: 3 } as const;
    const picture = sharp(pixels, { raw }).toColourspace(space);
    return (FORMATS[name]?.(picture) ?? picture).toBuffer();
  };

  test('without a profile', async () => {
    const bytes = await sixteen(COLOR, 'rgb16');
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expectColor(await centerOf(bytes), COLOR, 1);
  });

  test.each(['srgb', 'p3'])('with a profile, %s', async (profile) => {
    const eight = await plain(COLOR).withIccProfile(profile).png().toBuffer();
    const { icc } = await sharp(eight).metadata();
    if (icc === undefined) throw new Error('no profile');
    const untagged = await sixteen(await storedIn(eight), 'rgb16');
    // sharp cannot write a profile beside 16 bits without converting them, so it is put into the file.
    const bytes = name === 'png' ? withProfile(untagged, icc) : withTiffProfile(untagged, icc);
    expect(await sharp(bytes).metadata()).toMatchObject({ depth: 'ushort', icc });
    expectColor(await centerOf(bytes), COLOR, 2);
  });

  test('gray', async () => {
    const bytes = await sixteen([120, 120, 120], 'grey16');
    expect((await sharp(bytes).metadata()).depth).toBe('ushort');
    expectColor(await centerOf(bytes), [120, 120, 120], 1);
  });
});

describe.each(['jpeg', 'tiff'])('%s in CMYK', (name) => {
  test.each([
    ['with a profile', (picture: Sharp) => picture.withIccProfile('cmyk')],
    ['without one', (picture: Sharp) => picture.toColourspace('cmyk')],
  ])('%s', async (_what, convert) => {
    const picture = convert(plain(COLOR));
    const bytes = await (FORMATS[name]?.(picture) ?? picture).toBuffer();
    expect((await sharp(bytes).metadata()).space).toBe('cmyk');
    // What printing ink can show of it is not quite the same color.
    expectColor(await centerOf(bytes), COLOR, 20);
  });
});

describe('gray with a profile of its own', () => {
  const LINEAR = 182; // what sRGB calls 120 of 255 parts of the light
  const eight = (alpha = 1) => plain([120, 120, 120], alpha).toColourspace('b-w').png().toBuffer();
  const sixteen = async (alpha = 1) =>
    sharp(await eight(alpha))
      .toColourspace('grey16')
      .png()
      .toBuffer();

  test.each([
    ['8 bits', eight, 'uchar'],
    ['16 bits', sixteen, 'ushort'],
  ] as const)('%s', async (_bits, make, depth) => {
    const bytes = withProfile(await make(), linearGrayProfile());
    expect(await sharp(bytes).metadata()).toMatchObject({ depth, icc: linearGrayProfile() });
    expectColor(await centerOf(bytes), [LINEAR, LINEAR, LINEAR], 1);
    expectColor(await centerOf(await make()), [120, 120, 120], 1);
  });

  test('half transparent on white', async () => {
    const mean = (LINEAR + 255) / 2;
    const bytes = withProfile(await sixteen(0.5), linearGrayProfile());
    expectColor(await centerOf(bytes), [mean, mean, mean], 4);
  });
});

test('png with a palette, opaque and transparent', async () => {
  const opaque = await plain(COLOR).png({ palette: true }).toBuffer();
  const clear = await plain([200, 0, 0], 0.5).png({ palette: true }).toBuffer();
  for (const bytes of [opaque, clear]) expect((await sharp(bytes).metadata()).isPalette).toBe(true);
  expectColor(await centerOf(opaque), COLOR, 2);
  expectColor(await centerOf(clear), [227, 127, 127], 4);
});

test('tiff in Lab', async () => {
  const bytes = await plain(COLOR).toColourspace('lab').tiff({ compression: 'lzw' }).toBuffer();
  expect((await sharp(bytes).metadata()).space).toBe('lab');
  expectColor(await centerOf(bytes), COLOR, 3);
});
