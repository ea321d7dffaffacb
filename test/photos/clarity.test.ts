import fc from 'fast-check';
import { clarity } from '../../src/photos/sharpness';
import { lumaOf } from '../../src/photos/luma';

/** A checkered left half and a plain right one. */
function halves() {
  const [width, height] = [64, 64];
  const data = new Uint8Array(width * height).map((_, at) => {
    const [x, y] = [at % width, Math.floor(at / width)];
    return x >= 32 ? 90 : (x + y) % 2 === 0 ? 0 : 200;
  });
  return { width, height, data };
}

test('only the box counts', () => {
  const left = clarity(halves(), { left: 0, top: 0, width: 0.4, height: 1 });
  const right = clarity(halves(), { left: 0.6, top: 0, width: 0.4, height: 1 });
  expect(left.sharpness).toBeGreaterThan(10_000);
  expect(right).toEqual({ sharpness: 0, brightness: 90 });
});

test('whatever the box, the numbers are numbers in their range', () => {
  const part = fc.double({ min: -1, max: 2, noNaN: true });
  const extent = fc.double({ min: 0, max: 2, noNaN: true });
  fc.assert(
    fc.property(fc.record({ left: part, top: part, width: extent, height: extent }), (box) => {
      const { sharpness, brightness } = clarity(halves(), box);
      expect(sharpness).toBeGreaterThanOrEqual(0);
      expect(brightness >= 0 && brightness <= 255).toBe(true);
    }),
  );
});

test('brightness weighs green most, blue least', () => {
  const of = (r: number, g: number, b: number) =>
    lumaOf({ width: 1, height: 1, data: Uint8Array.of(r, g, b) }).data[0];
  expect([of(255, 0, 0), of(0, 255, 0), of(0, 0, 255), of(255, 255, 255)]).toEqual([76, 149, 28, 255]);
});
