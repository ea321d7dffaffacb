import { decode, pixelAt, plainJpeg } from './support/pictures';
import { framed, normalized } from './support/normalized';

const DARK = { r: 20, g: 60, b: 30 };
const RED = { r: 200, g: 20, b: 20 };

/** Rows and columns that the photo takes, and one pixel more on each side for rounding. */
function span(width: number, height: number): { x: [number, number]; y: [number, number] } {
  const scale = 640 / Math.max(width, height);
  const part = (side: number): [number, number] => [
    (640 - side * scale) / 2 - 1,
    640 - (640 - side * scale) / 2 + 1,
  ];
  return { x: part(width), y: part(height) };
}

/** The lowest channel value in the padding, and the highest in the middle of the photo's edges. */
function look(data: Buffer, width: number, height: number) {
  const { x, y } = span(width, height);
  let padding = 255;
  for (let row = 0; row < 640; row++) {
    for (let column = 0; column < 640; column++) {
      if (column >= x[0] && column <= x[1] && row >= y[0] && row <= y[1]) continue;
      const at = (row * 640 + column) * 3;
      for (const value of data.subarray(at, at + 3)) if (value < padding) padding = value;
    }
  }
  const edges = [
    pixelAt(data, Math.ceil(x[0]) + 2, 320),
    pixelAt(data, Math.floor(x[1]) - 3, 320),
    pixelAt(data, 320, Math.ceil(y[0]) + 2),
    pixelAt(data, 320, Math.floor(y[1]) - 3),
  ];
  return { padding, edge: Math.max(...edges.flat()) };
}

const SHAPES: [number, number][] = [
  [1200, 900],
  [900, 1200],
  [1200, 800],
  [700, 701],
  [1920, 1080],
  [1080, 1920],
  [2000, 300],
  [300, 2000],
  [517, 733],
  [301, 299],
];

test.each(SHAPES)(
  'the padding of %i × %i is pure white, and the whole photo is there',
  async (width, height) => {
    const data = await framed(await plainJpeg(width, height, DARK));
    expect(data).toHaveLength(640 * 640 * 3);
    const { padding, edge } = look(data, width, height);
    expect(padding).toBe(255);
    expect(edge).toBeLessThan(80);
  },
);

test('a square photo has no padding', async () => {
  const data = await framed(await plainJpeg(600, 600, DARK));
  for (const [x, y] of [
    [0, 0],
    [639, 0],
    [0, 639],
    [639, 639],
  ] as const) {
    expect(Math.max(...pixelAt(data, x, y))).toBeLessThan(80);
  }
});

// With halved chroma (4:2:0) it falls to 234-241 beside this red, and to 209 beside real photos.
test.each(SHAPES)('after JPEG coding the padding of %i × %i is still white', async (width, height) => {
  const { data } = await decode(await normalized(await plainJpeg(width, height, RED)));
  expect(look(data, width, height).padding).toBeGreaterThanOrEqual(246);
});

test('a 4:3 photo ends on whole JPEG blocks, so that its padding is exactly white', async () => {
  const { data } = await decode(await normalized(await plainJpeg(1200, 900, RED)));
  expect(look(data, 1200, 900).padding).toBe(255);
});
