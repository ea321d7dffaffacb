const SIGNATURE_BYTES = 8;
/** Length, type and checksum of a chunk, around what is in it. */
const AROUND_BYTES = 12;

/** Pictures of a PNG: where it is animated, the chunk `acTL` counts them before the first pixels (PNG, third edition, §11.3.6). */
export function pngFrames(png: Buffer): number {
  for (let at = SIGNATURE_BYTES; at + AROUND_BYTES <= png.length;) {
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return Math.max(png.readUInt32BE(at + 8), 1);
    if (type === 'IDAT') return 1;
    at += AROUND_BYTES + png.readUInt32BE(at);
  }
  return 1;
}
