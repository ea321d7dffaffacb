import { u16 } from '../../../src/bench/photos/boxes';

/** One segment of a JPEG, by the low byte of its marker: 0xe1 is APP1. */
export function segment(marker: number, ...content: readonly (Buffer | string)[]): Buffer {
  const body = Buffer.concat(content.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  return Buffer.concat([Buffer.from([0xff, marker]), u16(body.length + 2), body]);
}

/** The same JPEG with more segments in front. */
export function withSegments(jpeg: Buffer, ...segments: readonly Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}

const [APP0, COM, START_OF_SCAN, END] = [0xe0, 0xfe, 0xda, 0xd9];

/** What a JPEG holds beside its picture, by the first words of each such segment, and what stands behind its end. */
export function extrasOf(jpeg: Buffer): string[] {
  const extras: string[] = [];
  let at = 2;
  for (let marker = jpeg[at + 1] ?? END; marker !== END; marker = jpeg[at + 1] ?? END) {
    const end = at + 2 + jpeg.readUInt16BE(at + 2);
    if ((marker >= APP0 && marker < APP0 + 16) || marker === COM)
      extras.push(jpeg.toString('latin1', at + 4, end).split('\0')[0] ?? '');
    at = marker === START_OF_SCAN ? endOfScan(jpeg, end) : end;
  }
  return at + 2 === jpeg.length ? extras : [...extras, `${jpeg.length - at - 2} bytes behind the end`];
}

/** In coded pixels 0xff is followed by 0, or by a mark for restarting. */
function endOfScan(jpeg: Buffer, from: number): number {
  for (let at = jpeg.indexOf(0xff, from); at !== -1; at = jpeg.indexOf(0xff, at + 1)) {
    const next = jpeg[at + 1] ?? 0;
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new Error('it has no end');
}
