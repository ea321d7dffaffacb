const ENTRY_BYTES = 12;
const ICC_TAG = 34_675;
const UNDEFINED = 7;

/** Puts a profile into a little-endian TIFF of one picture: a longer directory at the end, which the header then names. */
export function withTiffProfile(tiff: Buffer, icc: Buffer): Buffer {
  if (tiff.toString('latin1', 0, 4) !== 'II*\0') throw new Error('another kind of TIFF');
  const directoryAt = tiff.readUInt32LE(4);
  const count = tiff.readUInt16LE(directoryAt);
  const entries = tiff.subarray(directoryAt + 2, directoryAt + 2 + count * ENTRY_BYTES);
  const profileAt = tiff.length + (tiff.length % 2);

  const entry = Buffer.alloc(ENTRY_BYTES);
  entry.writeUInt16LE(ICC_TAG, 0);
  entry.writeUInt16LE(UNDEFINED, 2);
  entry.writeUInt32LE(icc.length, 4);
  entry.writeUInt32LE(profileAt, 8);
  const sorted = [
    ...Array.from({ length: count }, (_, at) => entries.subarray(at * 12, at * 12 + 12)),
    entry,
  ];
  sorted.sort((a, b) => a.readUInt16LE(0) - b.readUInt16LE(0));

  const head = Buffer.from(tiff);
  const newDirectoryAt = profileAt + icc.length + (icc.length % 2);
  head.writeUInt32LE(newDirectoryAt, 4);
  const size = Buffer.alloc(2);
  size.writeUInt16LE(count + 1);
  return Buffer.concat([
    head,
    Buffer.alloc(tiff.length % 2),
    icc,
    Buffer.alloc(icc.length % 2),
    size,
    ...sorted,
    Buffer.alloc(4), // no further picture
  ]);
}
