import { topBoxes } from './top-boxes';

/** Boxes that stand at the top of a HEIF file (ISO/IEC 14496-12 §6.2.3, and makers of cameras). */
const KNOWN_TYPES = new Set(['ftyp', 'meta', 'mdat', 'free', 'skip', 'idat', 'moov', 'moof', 'uuid', 'mpvd']);

/**
 * Whether a HEIF file ends before its last box does. libheif decodes what there is of such a file, and a photo with a
 * gray half would be paid for. What stands behind a whole picture and is no box at all is somebody's addition, and does
 * no harm.
 */
export function breaksOff(bytes: Buffer): boolean {
  const whole = new Set<string>();
  for (const { type, at, size } of topBoxes(bytes)) {
    const isWhole = size !== null && at + size <= bytes.length;
    if (isWhole) whole.add(type);
    else return KNOWN_TYPES.has(type) || !whole.has('meta') || !whole.has('mdat');
  }
  return false;
}
