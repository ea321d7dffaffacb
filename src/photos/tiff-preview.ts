const ENTRY_BYTES = 12;
const NEW_SUBFILE_TYPE = 254;
const REDUCED = 1;

/**
 * Whether a TIFF says that its first picture is a small copy of another one in it (TIFF 6.0, NewSubfileType). Raw files of
 * cameras (DNG, NEF, ARW) are such TIFFs, and their preview would be taken for the photo.
 */
export function beginsWithPreview(bytes: Buffer): boolean {
  const isLittle = bytes.toString('latin1', 0, 2) === 'II';
  const number16 = (at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at));
  const number32 = (at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at));
  const has = (at: number, count: number) => at + count <= bytes.length;
  if (!has(0, 8)) return false;
  const directory = number32(4);
  if (!has(directory, 2)) return false;
  for (let entry = 0, count = number16(directory); entry < count; entry += 1) {
    const at = directory + 2 + entry * ENTRY_BYTES;
    if (!has(at, ENTRY_BYTES)) return false;
    if (number16(at) === NEW_SUBFILE_TYPE) return (number32(at + 8) & REDUCED) !== 0;
  }
  return false;
}
