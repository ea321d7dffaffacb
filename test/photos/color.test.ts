import { sharp } from '../../src/photos/decoder';
import { framed } from './support/normalized';
import { pixelAt, plain, SAND, withProfile, type Color } from './support/pictures';

const RUST: Color = { r: 200, g: 60, b: 40 };

async function center(bytes: Buffer): Promise<number[]> {
  const data = await framed(bytes);
  expect(data).toHaveLength(640 * 640 * 3);
  return pixelAt(data, 320, 320);
}

function farthest(pixel: number[], { r, g, b }: Color): number {
  return Math.max(...[r, g, b].map((value, channel) => Math.abs(value - (pixel[channel] ?? 0))));
}

/** The color as a Display-P3 file holds it, and that profile. */
async function inP3(color: Color) {
  const png = await plain(800, 600, color).withIccProfile('p3').png().toBuffer();
  const { icc } = await sharp(png).metadata();
  const stored = [...(await sharp(png, { ignoreIcc: true }).removeAlpha().raw().toBuffer()).subarray(0, 3)];
  if (!icc) throw new Error('no profile');
  return { png, icc, stored };
}

function png16(stored: number[]): Promise<Buffer> {
  const pixels = Uint16Array.from({ length: 800 * 600 * 3 }, (_, at) => (stored[at % 3] ?? 0) * 257);
  const raw = { width: 800, height: 600, channels: 3 } as const;
  return sharp(pixels, { raw }).toColourspace('rgb16').png().toBuffer();
}

test.each([SAND, RUST])('Display-P3 %o comes out as the same color in sRGB', async (color) => {
  const { png, stored } = await inP3(color);
  expect(farthest(stored, color)).toBeGreaterThan(7);
  expect(farthest(await center(png), color)).toBeLessThanOrEqual(2);
});

test.each([SAND, RUST])(
  'so does %o with 16 bits a channel, which sharp gets wrong by default',
  async (color) => {
    const { icc, stored } = await inP3(color);
    expect(farthest(await center(withProfile(await png16(stored), icc)), color)).toBeLessThanOrEqual(2);
  },
);

test('16 bits tagged sRGB, and 16 bits untagged, keep their values', async () => {
  const srgb = await sharp(await plain(10, 10).withIccProfile('srgb').png().toBuffer()).metadata();
  const untagged = await png16([SAND.r, SAND.g, SAND.b]);
  if (!srgb.icc) throw new Error('no profile');
  expect(farthest(await center(withProfile(untagged, srgb.icc)), SAND)).toBeLessThanOrEqual(1);
  expect(farthest(await center(untagged), SAND)).toBeLessThanOrEqual(1);
});

test('a profile that is broken is left out', async () => {
  const { png } = await inP3(SAND);
  const pixels = await sharp(png, { ignoreIcc: true }).png().toBuffer();
  expect(await center(withProfile(pixels, Buffer.alloc(400, 7)))).toHaveLength(3);
});

describe('other color models become sRGB', () => {
  test('CMYK, with and without a profile', async () => {
    const untagged = await plain(800, 600).toColourspace('cmyk').jpeg({ quality: 100 }).toBuffer();
    const tagged = await plain(800, 600).withIccProfile('cmyk').jpeg({ quality: 100 }).toBuffer();
    expect((await sharp(tagged).metadata()).space).toBe('cmyk');
    expect(farthest(await center(untagged), SAND)).toBeLessThanOrEqual(20);
    expect(farthest(await center(tagged), SAND)).toBeLessThanOrEqual(20);
  });

  test('gray, with 8 and 16 bits', async () => {
    const gray = plain(800, 600, { r: 120, g: 120, b: 120 });
    const eight = await gray.clone().toColourspace('b-w').png().toBuffer();
    const sixteen = await gray.clone().toColourspace('grey16').png().toBuffer();
    expect((await sharp(eight).metadata()).channels).toBe(1);
    expect(await center(eight)).toEqual([120, 120, 120]);
    expect(await center(sixteen)).toEqual([120, 120, 120]);
  });

  test('palette', async () => {
    const palette = await plain(800, 600).png({ palette: true }).toBuffer();
    expect((await sharp(palette).metadata()).isPalette).toBe(true);
    expect(farthest(await center(palette), SAND)).toBeLessThanOrEqual(2);
  });
});

describe('transparency', () => {
  test('a soft red disc on transparent black lies on white without a dark rim', async () => {
    const data = Buffer.alloc(800 * 800 * 4);
    for (let at = 0; at < 800 * 800; at++) {
      const distance = Math.hypot((at % 800) - 400, Math.floor(at / 800) - 400);
      data[at * 4] = distance < 260 ? 255 : 0;
      data[at * 4 + 3] = Math.max(0, Math.min(255, (250 - distance) * 12));
    }
    const png = await sharp(data, { raw: { width: 800, height: 800, channels: 4 } })
      .png()
      .toBuffer();
    const out = await framed(png);
    expect(pixelAt(out, 0, 0)).toEqual([255, 255, 255]);
    // Every mix of red and white has full red; a rim mixed with black has less.
    const reds = out.filter((_, at) => at % 3 === 0);
    expect(Math.min(...new Set(reds))).toBeGreaterThanOrEqual(254);
  });

  test('a photo that is transparent everywhere is white', async () => {
    const create = {
      width: 600,
      height: 600,
      channels: 4,
      background: { r: 0, g: 0, b: 0, alpha: 0 },
    } as const;
    expect(await center(await sharp({ create }).webp({ lossless: true }).toBuffer())).toEqual([
      255, 255, 255,
    ]);
  });
});
