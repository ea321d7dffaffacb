/** Size and type, 4 bytes each; a size of 1 says that 8 bytes of size follow. */
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

/**
 * Whether a HEIF file ends before its last box does (ISO/IEC 14496-12 §4.2). libheif decodes what there is of such a
 * file, and a photo with a gray half would be paid for.
 */
export function breaksOff(bytes: Buffer): boolean {
  let at = 0;
  while (at < bytes.length) {
    if (at + HEADER_BYTES > bytes.length) return true;
    const size = boxSize(bytes, at);
    if (size === null) return true;
    if (size === 0) return false; // to the end of the file, however far that is
    at += size;
  }
  return at > bytes.length;
}

/** Null where the header itself makes no sense. */
function boxSize(bytes: Buffer, at: number): number | null {
  const short = bytes.readUInt32BE(at);
  if (short !== 1) return short === 0 || short >= HEADER_BYTES ? short : null;
  if (at + LONG_HEADER_BYTES > bytes.length) return null;
  const long = Number(bytes.readBigUInt64BE(at + HEADER_BYTES));
  return long >= LONG_HEADER_BYTES ? long : null;
}
