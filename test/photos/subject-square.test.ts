import fc from 'fast-check';
import { bestBoxes } from '../../src/photos/faces/best-boxes';
import { letterbox } from '../../src/photos/faces/letterbox';
import { principalFaces } from '../../src/photos/faces/principal-faces';
import { subjectSquare } from '../../src/photos/faces/subject-square';

const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
});
const part = fc.double({ min: -0.3, max: 1.2, noNaN: true });
const extent = fc.double({ min: 0.001, max: 1, noNaN: true });
const box = fc.record({ left: part, top: part, width: extent, height: extent });

test('a square of head and shoulders is a square inside the picture, whatever the face', () => {
  fc.assert(
    fc.property(box, size, (face, picture) => {
      const { left, top, width, height } = subjectSquare(face, picture);
      expect(width).toBe(height);
      expect(width).toBeGreaterThan(0);
      expect(left >= 0 && top >= 0).toBe(true);
      expect(left + width <= picture.width && top + height <= picture.height).toBe(true);
      for (const value of [left, top, width]) expect(Number.isInteger(value)).toBe(true);
    }),
  );
});

test('it is three faces wide, with the face in the middle and a little above', () => {
  const face = { left: 0.45, top: 0.2, width: 0.1, height: 0.1 };
  expect(subjectSquare(face, { width: 4000, height: 4000 })).toEqual({
    left: 1400,
    top: 460,
    width: 1200,
    height: 1200,
  });
});

test('a letterbox finds its way back to the picture', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 640 }), fc.integer({ min: 1, max: 640 }), (width, height) => {
      const { input, toPicture } = letterbox(
        { width, height, data: new Uint8Array(width * height * 3).fill(255) },
        48,
      );
      // Where the picture is white in the input, the way back leads to its edges.
      const columns = new Set<number>();
      const rows = new Set<number>();
      for (let at = 0; at < 48 * 48; at += 1)
        if ((input[at * 3] ?? -1) > 0.9) {
          columns.add(at % 48);
          rows.add(Math.floor(at / 48));
        }
      const back = toPicture({
        left: Math.min(...columns) / 48,
        top: Math.min(...rows) / 48,
        width: columns.size / 48,
        height: rows.size / 48,
      });
      for (const [value, expected] of [
        [back.left, 0],
        [back.top, 0],
        [back.width, 1],
        [back.height, 1],
      ] as const)
        expect(value).toBeCloseTo(expected, 6);
    }),
    { numRuns: 40 },
  );
});

test('of boxes on one face the surest stays, the largest face comes first', () => {
  const at = (left: number, width: number, score: number) => ({ left, top: 0, width, height: width, score });
  expect(bestBoxes([at(0, 0.2, 0.6), at(0.01, 0.2, 0.9), at(0.5, 0.4, 0.7)], 0.3)).toEqual([
    at(0.5, 0.4, 0.7),
    at(0.01, 0.2, 0.9),
  ]);
  // Side by side is not one on the other.
  expect(bestBoxes([at(0, 0.2, 0.6), at(0.2, 0.2, 0.9)], 0.3)).toHaveLength(2);
});

test('a face below a fifth of the largest one’s area is a bystander', () => {
  const at = (width: number) => ({ left: 0, top: 0, width, height: width, score: 1 });
  expect(principalFaces([at(0.4), at(0.18), at(0.17)]).map(({ width }) => width)).toEqual([0.4, 0.18]);
  expect(principalFaces([])).toEqual([]);
});
