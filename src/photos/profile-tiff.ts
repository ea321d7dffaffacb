/** Gray or RGB, 8 bits a channel, row by row. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: 1 | 3;
}

const SHORT = 3;
const LONG = 4;
const UNDEFINED = 7;

/** Pixels whose smallest value is black; or red, green and blue. */
const PHOTOMETRIC = { 1: 1, 3: 2 } as const;

/**
 * An uncompressed TIFF (6.0, little-endian) of one strip that holds the pixels and the color profile they are in. sharp
 * takes a profile from a file only.
 */
export function withProfile({ data, width, height, channels }: Pixels, icc: Buffer): Buffer {
  const entries: [tag: number, type: number, count: number, value: number][] = [];
  const iccAt = 8 + 2 + 11 * 12 + 4;
  const bitsAt = iccAt + icc.length;
  const pixelsAt = bitsAt + channels * 2;
  // A single number stands in its entry, several do elsewhere.
  const bits = channels === 1 ? 8 : bitsAt;
  entries.push([256, LONG, 1, width], [257, LONG, 1, height], [258, SHORT, channels, bits]);
  entries.push([259, SHORT, 1, 1], [262, SHORT, 1, PHOTOMETRIC[channels]], [273, LONG, 1, pixelsAt]);
  entries.push([277, SHORT, 1, channels], [278, LONG, 1, height], [279, LONG, 1, data.length]);
  entries.push([284, SHORT, 1, 1], [34675, UNDEFINED, icc.length, iccAt]);

  const head = Buffer.alloc(pixelsAt);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(entries.length, 8);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    head.writeUInt32LE(value, at + 8);
  });
  icc.copy(head, iccAt);
  for (let channel = 0; channel < channels; channel += 1) head.writeUInt16LE(8, bitsAt + channel * 2);
  return Buffer.concat([head, data]);
}
