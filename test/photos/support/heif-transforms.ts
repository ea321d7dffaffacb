import { boxesIn, find, grow, moveItems, type Box } from './heif-boxes';

/** What a HEIF file can say about how its picture is turned (ISO/IEC 23008-12 §6.5.10, §6.5.12). */
export type Transform = { irot: 0 | 1 | 2 | 3 } | { imir: 0 | 1 };

/** And about its colors: primaries, transfer and matrix, by their numbers in ISO/IEC 23091-2. */
export interface CodedColors {
  nclx: readonly [primaries: number, transfer: number, matrix: number];
}

/**
 * The same file with these transforms on its first item, as a camera writes them: property boxes at the end of `ipco`,
 * named by `ipma` as essential, in order. All that lies behind moves, so `iloc` and the sizes of the boxes around change.
 */
export function withTransforms(heic: Buffer, transforms: readonly (Transform | CodedColors)[]): Buffer {
  const meta = find(boxesIn(heic, 0, heic.length), 'meta');
  const inMeta = boxesIn(heic, meta.at + 12, meta.at + meta.size);
  const iprp = find(inMeta, 'iprp');
  const [ipco, ipma] = ['ipco', 'ipma'].map((type) =>
    find(boxesIn(heic, iprp.at + 8, iprp.at + iprp.size), type),
  ) as [Box, Box];
  const known = boxesIn(heic, ipco.at + 8, ipco.at + ipco.size).length;

  const properties = Buffer.concat(transforms.map(propertyBox));
  const countAt = ipma.at + 12 + 4 + 2; // version and flags, number of entries, id of the first item
  const associations = Buffer.from(transforms.map((_, index) => 0x80 | (known + index + 1)));
  const moved = properties.length + associations.length;

  const patched = Buffer.from(heic);
  patched.writeUInt8(heic.readUInt8(countAt) + transforms.length, countAt);
  grow(patched, ipco, properties.length);
  grow(patched, ipma, associations.length);
  for (const around of [iprp, meta]) grow(patched, around, moved);
  moveItems(patched, find(inMeta, 'iloc'), moved);

  const endOfIpco = ipco.at + ipco.size;
  const endOfFirstItem = countAt + 1 + heic.readUInt8(countAt);
  return Buffer.concat([
    patched.subarray(0, endOfIpco),
    properties,
    patched.subarray(endOfIpco, endOfFirstItem),
    associations,
    patched.subarray(endOfFirstItem),
  ]);
}

function propertyBox(transform: Transform | CodedColors): Buffer {
  if ('nclx' in transform) return colorBox(transform);
  const [[type, value] = ['', 0]] = Object.entries(transform);
  const box = Buffer.alloc(9);
  box.writeUInt32BE(box.length);
  box.write(type, 4, 'latin1');
  box.writeUInt8(value, 8);
  return box;
}

function colorBox({ nclx }: CodedColors): Buffer {
  const box = Buffer.alloc(19);
  box.writeUInt32BE(box.length);
  box.write('colrnclx', 4, 'latin1');
  for (const [index, value] of nclx.entries()) box.writeUInt16BE(value, 12 + index * 2);
  box.writeUInt8(0x80, 18); // all values from 0 to 255 are used
  return box;
}
