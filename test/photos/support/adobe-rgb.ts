import { curve, profile, xyz } from './profile';

/** Red, green and blue of Adobe RGB (1998) in XYZ, adapted to D50 as profiles hold them. */
const PRIMARIES = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
] as const;
const GAMMA = 563 / 256;

export function adobeRgbProfile(): Buffer {
  const power = curve(GAMMA);
  return profile('RGB ', [
    ['rXYZ', xyz(PRIMARIES[0])],
    ['gXYZ', xyz(PRIMARIES[1])],
    ['bXYZ', xyz(PRIMARIES[2])],
    ['rTRC', power],
    ['gTRC', power],
    ['bTRC', power],
  ]);
}

/** sRGB's own primaries, adapted to D50 (IEC 61966-2-1). */
const SRGB = [
  [0.43607, 0.22249, 0.01392],
  [0.38515, 0.71687, 0.09708],
  [0.14307, 0.06061, 0.7141],
] as const;

/** How a file in Adobe RGB holds an sRGB color, by the two standards alone. 0 to 255. */
export function inAdobeRgb(color: readonly number[]): number[] {
  const linear = color.map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  const seen = [0, 1, 2].map((axis) =>
    linear.reduce((sum, value, index) => sum + value * (SRGB[index]?.[axis] ?? 0), 0),
  );
  return solved(PRIMARIES, seen).map((value) => Math.round(Math.max(value, 0) ** (1 / GAMMA) * 255));
}

/** The amounts of three colors that make one seen color: Cramer's rule. */
function solved(columns: readonly (readonly number[])[], seen: readonly number[]): number[] {
  const whole = determinant(columns);
  return columns.map(
    (_, index) => determinant(columns.map((column, at) => (at === index ? seen : column))) / whole,
  );
}

function determinant(columns: readonly (readonly number[])[]): number {
  const [[a = 0, b = 0, c = 0] = [], [d = 0, e = 0, f = 0] = [], [g = 0, h = 0, i = 0] = []] = columns;
  return a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e);
}
