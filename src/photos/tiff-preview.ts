const CLASSIC = 42;
const ENTRY_BYTES = 12;
const NEW_SUBFILE_TYPE = 254;
const SUB_DIRECTORIES = 330;
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
  if (!has(0, 8) || number16(2) !== CLASSIC) return false;
  const directory = number32(4);
  if (!has(directory, 2)) return false;
  const end = directory + 2 + number16(directory) * ENTRY_BYTES;
  if (!has(end, 4)) return false;
  let isReduced = false;
  let hasOthers = number32(end) !== 0;
  for (let at = directory + 2; at < end; at += ENTRY_BYTES) {
    if (number16(at) === NEW_SUBFILE_TYPE) isReduced = (number32(at + 8) & REDUCED) !== 0;
    if (number16(at) === SUB_DIRECTORIES) hasOthers = true;
  }
  return isReduced && hasOthers;
}
