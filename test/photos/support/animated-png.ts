import { u16, u32 } from '../../../src/bench/photos/boxes';
import { PNG_HEADER_BYTES, pngChunk } from './pictures';

/** A PNG that shows a second picture of the same size after the first (PNG, third edition, §11.3.6). */
export function animatedPng(first: Buffer, second: Buffer): Buffer {
  const size = first.subarray(16, 24); // width and height, as the header has them
  const frame = (number: number) =>
    pngChunk('fcTL', Buffer.concat([u32(number), size, u32(0, 0), u16(1, 2, 0)]));
  const pixels = first.subarray(first.indexOf('IDAT') - 4, -12);
  return Buffer.concat([
    first.subarray(0, PNG_HEADER_BYTES),
    pngChunk('acTL', u32(2, 0)),
    frame(0),
    pixels,
    frame(1),
    pngChunk('fdAT', Buffer.concat([u32(2), ...pixelsOf(second)])),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

function pixelsOf(png: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at))
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  return parts;
}
