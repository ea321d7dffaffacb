import type { Luma } from './luma';

const GRID = 32;
const SIDE = 8;

/** Cosines of the first eight frequencies over 32 samples. */
const COSINES = Float64Array.from({ length: SIDE * GRID }, (_, at) =>
  Math.cos(((2 * (at % GRID) + 1) * Math.floor(at / GRID) * Math.PI) / (2 * GRID)),
);

/** What a picture looks like, in 64 bits, as 16 hexadecimal digits; and what its mirror image looks like. */
export interface Fingerprint {
  hash: string;
  mirroredHash: string;
}

/**
 * A perceptual hash: signs of the low frequencies of a 32×32 copy around their median. Take it without padding: the
 * white bars would be most of what it sees. Both hashes come of one transform, because mirroring turns the sign of
 * every odd horizontal frequency.
 */
export function fingerprint(luma: Luma): Fingerprint {
  const frequencies = lowFrequencies(shrunk(luma));
  const mirrored = frequencies.map((value, at) => ((at % SIDE) % 2 === 1 ? -value : value));
  return { hash: signs(frequencies), mirroredHash: signs(mirrored) };
}

/** Bits that differ: 0 for the same look, about 32 for strangers. */
export function hashDistance(a: string, b: string): number {
  let bits = BigInt(`0x${a}`) ^ BigInt(`0x${b}`);
  let count = 0;
  for (; bits > 0n; bits &= bits - 1n) count += 1;
  return count;
}

/** Mean brightness of each of 32×32 fields. A picture smaller than that cannot come here: it is enlarged before. */
function shrunk({ width, height, data }: Luma): Float64Array {
  const sums = new Float64Array(GRID * GRID);
  const counts = new Float64Array(GRID * GRID);
  const edges = Uint16Array.from({ length: GRID + 1 }, (_, column) => Math.ceil((column * width) / GRID));
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * GRID) / height) * GRID;
    for (let column = 0; column < GRID; column += 1) {
      const [from = 0, to = 0] = [edges[column], edges[column + 1]];
      let sum = 0;
      for (let at = y * width + from, end = y * width + to; at < end; at += 1) sum += data[at] ?? 0;
      sums[row + column] = (sums[row + column] ?? 0) + sum;
      counts[row + column] = (counts[row + column] ?? 0) + to - from;
    }
  }
  return sums.map((sum, field) => sum / Math.max(counts[field] ?? 1, 1));
}

/** The 8×8 lowest terms of the discrete cosine transform, vertical frequency first. */
function lowFrequencies(grid: Float64Array): Float64Array {
  const rows = new Float64Array(SIDE * GRID);
  for (let u = 0; u < SIDE; u += 1)
    for (let y = 0; y < GRID; y += 1) {
      let sum = 0;
      for (let x = 0; x < GRID; x += 1) sum += (grid[y * GRID + x] ?? 0) * (COSINES[u * GRID + x] ?? 0);
      rows[u * GRID + y] = sum;
    }
  const terms = new Float64Array(SIDE * SIDE);
  for (let v = 0; v < SIDE; v += 1)
    for (let u = 0; u < SIDE; u += 1) {
      let sum = 0;
      for (let y = 0; y < GRID; y += 1) sum += (rows[u * GRID + y] ?? 0) * (COSINES[v * GRID + y] ?? 0);
      terms[v * SIDE + u] = sum;
    }
  return terms;
}

/** The first term is the mean brightness: it would be above the median always. */
function signs(terms: Float64Array): string {
  const rest = [...terms.subarray(1)].sort((a, b) => a - b);
  const median = rest[Math.floor(rest.length / 2)] ?? 0;
  let bits = 0n;
  for (const [at, term] of terms.entries()) bits = (bits << 1n) | (at > 0 && term > median ? 1n : 0n);
  return bits.toString(16).padStart(16, '0');
}
