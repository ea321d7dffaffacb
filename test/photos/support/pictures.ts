import { crc32, deflateSync } from 'node:zlib';
import { sharp } from '../../../src/photos/decoder';

export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
}

/** A picture whose every corner differs: red grows to the right, green downwards, blue marks the top left. */
export function unlikeCorners(width: number, height: number): Pixels {
  const data = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      data[at] = (x / width) * 255;
      data[at + 1] = (y / height) * 255;
      data[at + 2] = x < width / 3 && y < height / 3 ? 230 : 20;
    }
  }
  return { data, width, height };
}

export function fromPixels({ data, width, height }: Pixels) {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export interface Color {
  r: number;
  g: number;
  b: number;
}

export const SAND: Color = { r: 180, g: 120, b: 90 };

export function plain(width: number, height: number, background: Color = SAND) {
  return sharp({ create: { width, height, channels: 3, background } });
}

export function plainJpeg(width: number, height: number, background?: Color): Promise<Buffer> {
  return plain(width, height, background).jpeg({ quality: 95 }).toBuffer();
}

export async function decode(bytes: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new Error(`${info.channels} channels`);
  return { data, width: info.width, height: info.height };
}

export function meanDifference(a: Buffer, b: Buffer): number {
  if (a.length !== b.length) throw new Error('not the same size');
  let sum = 0;
  for (let at = 0; at < a.length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    // Not Math.abs: Jest looks globals up at every use, which is a second for two photos.
    sum += difference < 0 ? -difference : difference;
  }
  return sum / a.length;
}

/** The three channels of one pixel of a 640-wide RGB picture. */
export function pixelAt(data: Buffer, x: number, y: number): number[] {
  return [...data.subarray((y * 640 + x) * 3, (y * 640 + x) * 3 + 3)];
}

export function pngChunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

export const PNG_HEADER_BYTES = 33;

/** Puts a profile into a PNG without touching its pixels, which sharp cannot do right with 16 bits. */
export function withProfile(png: Buffer, icc: Buffer): Buffer {
  const chunk = pngChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0', 'latin1'), deflateSync(icc)]));
  return Buffer.concat([png.subarray(0, PNG_HEADER_BYTES), chunk, png.subarray(PNG_HEADER_BYTES)]);
}

/** A PNG whose chunks have the checksums of what is in them now, or its mutations would all end there; others as they are. */
export function withRightSums(file: Buffer): Buffer {
  if (file.toString('latin1', 1, 4) !== 'PNG') return file;
  for (let at = 8; at + 12 <= file.length;) {
    const end = at + 8 + file.readUInt32BE(at);
    if (end + 4 > file.length) break;
    file.writeUInt32BE(crc32(file.subarray(at + 4, end)), end);
    at = end + 4;
  }
  return file;
}

/** The same JPEG with another size in its header, which only who decodes it finds out. */
export function claiming(jpeg: Buffer, width: number, height: number): Buffer {
  const claims = Buffer.from(jpeg);
  const [baseline, progressive] = [
    claims.indexOf('\xff\xc0\0\x11', 'latin1'),
    claims.indexOf('\xff\xc2\0\x11', 'latin1'),
  ];
  const frame = baseline === -1 ? progressive : baseline;
  claims.writeUInt16BE(height, frame + 5);
  claims.writeUInt16BE(width, frame + 7);
  return claims;
}

/** The same HEIC or AVIF with another size in its header (`ispe`, ISO/IEC 23008-12 §6.5.3). */
export function claimingHeif(bytes: Buffer, width: number, height: number): Buffer {
  const claims = Buffer.from(bytes);
  for (let at = claims.indexOf('ispe'); at !== -1; at = claims.indexOf('ispe', at + 1)) {
    claims.writeUInt32BE(width, at + 8);
    claims.writeUInt32BE(height, at + 12);
  }
  return claims;
}

/** A few bytes that claim to be a PNG of any size. */
export function giantPng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const pixels = pngChunk('IDAT', deflateSync(Buffer.alloc(64)));
  return Buffer.concat([signature, pngChunk('IHDR', header), pixels, pngChunk('IEND', Buffer.alloc(0))]);
}

/** 38 bytes of lossless WebP that ask for 16383 × 16383 pixels. */
export function giantWebp(): Buffer {
  const bits = Buffer.alloc(18);
  bits[0] = 0x2f;
  bits.writeUInt32LE(((16382 << 14) | 16382) >>> 0, 1);
  const riff = Buffer.from('RIFF\0\0\0\0WEBPVP8L\0\0\0\0', 'latin1');
  riff.writeUInt32LE(12 + bits.length, 4);
  riff.writeUInt32LE(bits.length, 16);
  return Buffer.concat([riff, bits]);
}

/** The first box of a HEIF file with the given brand, and nothing in it. */
export function heifHeader(brand: string): Buffer {
  return Buffer.concat([
    Buffer.from('\0\0\0\x18ftyp', 'latin1'),
    Buffer.from(`${brand}\0\0\0\0mif1${brand}`, 'latin1'),
    Buffer.alloc(400),
  ]);
}
