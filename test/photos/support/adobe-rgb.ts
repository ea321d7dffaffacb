/** Red, green and blue of Adobe RGB (1998) in XYZ, adapted to D50 as profiles hold them. */
const PRIMARIES = [
  [0.60974, 0.31111, 0.01947],
  [0.20528, 0.62567, 0.06087],
  [0.14919, 0.06322, 0.74457],
] as const;
const GAMMA = 563 / 256;
const D50 = [0.9642, 1, 0.8249] as const;

/** The smallest profile (ICC.1 version 2) that says so: three colors, one curve, and what every profile must have. */
export function adobeRgbProfile(): Buffer {
  const curve = Buffer.alloc(16);
  curve.write('curv', 'latin1');
  curve.writeUInt32BE(1, 8);
  curve.writeUInt16BE(563, 12);
  const tags: [string, Buffer][] = [
    ['desc', description('RGB of a wide camera')],
    ['cprt', Buffer.from('text\0\0\0\0none\0\0\0\0', 'latin1')],
    ['wtpt', xyz(D50)],
    ['rXYZ', xyz(PRIMARIES[0])],
    ['gXYZ', xyz(PRIMARIES[1])],
    ['bXYZ', xyz(PRIMARIES[2])],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  let at = 128 + table.length;
  for (const [index, [name, body]] of tags.entries()) {
    table.write(name, 4 + index * 12, 'latin1');
    table.writeUInt32BE(at, 8 + index * 12);
    table.writeUInt32BE(body.length, 12 + index * 12);
    at += body.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at);
  header.writeUInt32BE(0x0210_0000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.write('acsp', 36, 'latin1');
  xyz(D50).copy(header, 68, 8);
  return Buffer.concat([header, table, ...tags.map(([, body]) => body)]);
}

function xyz(values: readonly number[]): Buffer {
  const body = Buffer.alloc(20);
  body.write('XYZ ', 'latin1');
  for (const [index, value] of values.entries()) body.writeInt32BE(Math.round(value * 65_536), 8 + index * 4);
  return body;
}

function description(text: string): Buffer {
  const body = Buffer.alloc(12 + text.length + 1 + 78 + 3);
  body.write('desc', 'latin1');
  body.writeUInt32BE(text.length + 1, 8);
  body.write(text, 12, 'latin1');
  return Buffer.concat([body, Buffer.alloc(-body.length & 3)]);
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
