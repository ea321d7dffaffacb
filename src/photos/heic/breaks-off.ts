/** Size and type, 4 bytes each; a size of 1 says that 8 bytes of size follow. */
const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;

/** Boxes that stand at the top of a HEIF file (ISO/IEC 14496-12 §6.2.3, and makers of cameras). */
const KNOWN_TYPES = new Set(['ftyp', 'meta', 'mdat', 'free', 'skip', 'idat', 'moov', 'moof', 'uuid', 'mpvd']);

/**
 * Whether a HEIF file ends before its last box does (ISO/IEC 14496-12 §4.2). libheif decodes what there is of such a
 * file, and a photo with a gray half would be paid for. What stands behind a whole picture and is no box at all is
 * somebody's addition, and does no harm.
 */
export function breaksOff(bytes: Buffer): boolean {
  const whole = new Set<string>();
  for (let at = 0; at < bytes.length;) {
    const type = bytes.toString('latin1', at + 4, at + HEADER_BYTES);
    const size = boxSize(bytes, at);
    const isAddition = !KNOWN_TYPES.has(type) && whole.has('meta') && whole.has('mdat');
    if (size === 'to the end') return false;
    if (size === 'no size' || at + size > bytes.length) return !isAddition;
    whole.add(type);
    at += size;
  }
  return false;
}

function boxSize(bytes: Buffer, at: number): number | 'to the end' | 'no size' {
  if (at + HEADER_BYTES > bytes.length) return 'no size';
  const short = bytes.readUInt32BE(at);
  if (short === 0) return 'to the end';
  if (short !== 1) return short >= HEADER_BYTES ? short : 'no size';
  if (at + LONG_HEADER_BYTES > bytes.length) return 'no size';
  const long = Number(bytes.readBigUInt64BE(at + HEADER_BYTES));
  return long >= LONG_HEADER_BYTES ? long : 'no size';
}
