import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateSync } from 'node:zlib';
import { sharp } from '../../photos/decoder';
import { largestFiles } from './largest-files';

const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;

function picture(width: number, height: number) {
  return sharp({ create: { width, height, channels: 3, background: '#888', noise } });
}

/** Three pictures of 600 × 600. */
function frames() {
  const raw = { width: 600, height: 1800, channels: 3, pageHeight: 600 } as const;
  return sharp(Buffer.alloc(600 * 1800 * 3, 99), { raw });
}

/** A JPEG or a PNG that claims another size than it has; of a JPEG both kinds of header. */
function claiming(bytes: Buffer, width: number, height: number): Buffer {
  const claims = Buffer.from(bytes);
  const at = ['\xff\xc0\0\x11', '\xff\xc2\0\x11']
    .map((mark) => claims.indexOf(mark, 'latin1'))
    .find((found) => found > 0);
  if (at !== undefined) {
    claims.writeUInt16BE(height, at + 5);
    claims.writeUInt16BE(width, at + 7);
  } else {
    claims.writeUInt32BE(width, 16);
    claims.writeUInt32BE(height, 20);
  }
  return claims;
}

/** A PNG text chunk that unpacks to 200 MB; its checksum is wrong, as a hurried attacker's would be. */
function withPackedText(png: Buffer): Buffer {
  const body = Buffer.concat([
    Buffer.from('zTXtkey\0\0', 'latin1'),
    deflateSync(Buffer.alloc(200 * 1024 ** 2)),
  ]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4);
  body.copy(chunk, 4);
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** One of each kind that has hurt somebody, and the largest that pass the limits. */
export async function hostileFiles(folder: string): Promise<string[]> {
  const small = await picture(800, 600).jpeg().toBuffer();
  const progressive = await picture(800, 600).jpeg({ progressive: true }).toBuffer();
  const png = await picture(800, 600).png().toBuffer();
  const files: Record<string, Buffer> = {
    'empty.jpg': Buffer.alloc(0),
    'text.jpg': Buffer.from('not a picture\n'.repeat(100)),
    'page.jpg': Buffer.from('<!doctype html><html><body>404</body></html>'),
    'drawing.jpg': Buffer.from(
      '<svg xmlns="http://www.w3.org/2000/svg"><filter id="f"><feGaussianBlur stdDeviation="900"/></filter></svg>',
    ),
    'paper.jpg': Buffer.from('%PDF-1.7\n'),
    'half.jpg': small.subarray(0, small.length / 2),
    'half.png': png.subarray(0, png.length / 2),
    'header-alone.jpg': small.subarray(0, 20),
    'claims-16000.jpg': claiming(small, 16_000, 13_000),
    'claims-65000.png': claiming(png, 65_000, 65_000),
    'claims-9000-progressive.jpg': claiming(progressive, 9_000, 9_000),
    'packed-text.png': withPackedText(png),
    'animated.webp': await frames().webp().toBuffer(),
    'one-pixel.png': await picture(1, 1).png().toBuffer(),
    'thin.png': await picture(1, 20_000).png().toBuffer(),
    'animated.gif': await frames().gif().toBuffer(),
    ...(await largestFiles()),
  };
  return Object.entries(files).map(([name, bytes]) => {
    const file = path.join(folder, name);
    writeFileSync(file, bytes);
    return file;
  });
}
