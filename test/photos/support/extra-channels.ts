const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;

/** An uncompressed RGB TIFF of 640 × 640 pixels with two more channels, as an editor keeps saved selections. */
export function tiffWithSelections(): Buffer {
  const [side, channels] = [640, 5];
  const pixels = Buffer.alloc(side * side * channels, 99);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, LONG, 1, side],
    [257, LONG, 1, side],
    [258, SHORT, channels, 0], // bits of each channel: where they stand is filled in below
    [259, SHORT, 1, 1],
    [262, SHORT, 1, 2],
    [273, LONG, 1, 0], // the pixels, likewise
    [277, SHORT, 1, channels],
    [278, LONG, 1, side],
    [279, LONG, 1, pixels.length],
    [338, SHORT, 2, 0], // two extra samples, of no kind that the format knows
  ];
  const bitsAt = 8 + 2 + entries.length * ENTRY_BYTES + 4;
  const head = Buffer.alloc(bitsAt + channels * 2);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + index * ENTRY_BYTES;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(tag === 258 ? bitsAt : tag === 273 ? head.length : value, at + 8);
  }
  for (let channel = 0; channel < channels; channel += 1) head.writeUInt16LE(8, bitsAt + channel * 2);
  return Buffer.concat([head, pixels]);
}
