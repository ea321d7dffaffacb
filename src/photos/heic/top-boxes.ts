/** Size and type, 4 bytes each; a size of 1 says that 8 bytes of size follow. */
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

export interface TopBox {
  type: string;
  at: number;
  /** In bytes, header included. Null where the header makes no sense, or is not there whole. */
  size: number | null;
}

/** The boxes at the top of a HEIF file (ISO/IEC 14496-12 §4.2), up to the first that reaches beyond the end of the file. */
export function topBoxes(bytes: Buffer): TopBox[] {
  const boxes: TopBox[] = [];
  for (let at = 0; at < bytes.length;) {
    const size = boxSize(bytes, at);
    boxes.push({ type: bytes.toString('latin1', at + 4, at + HEADER_BYTES), at, size });
    if (size === null) break;
    at += size;
  }
  return boxes;
}

function boxSize(bytes: Buffer, at: number): number | null {
  if (at + HEADER_BYTES > bytes.length) return null;
  const short = bytes.readUInt32BE(at);
  if (short === 0) return bytes.length - at; // to the end of the file, however far that is
  if (short !== 1) return short >= HEADER_BYTES ? short : null;
  if (at + LONG_HEADER_BYTES > bytes.length) return null;
  const long = Number(bytes.readBigUInt64BE(at + HEADER_BYTES));
  return long >= LONG_HEADER_BYTES ? long : null;
}
