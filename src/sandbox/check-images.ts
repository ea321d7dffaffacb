import { z } from 'zod';
import { APIFRAME_ETHNICITIES, APIFRAME_GENDERS } from '../contract/apiframe-words';

const SIDE = 640;

export const uploadBodySchema = z.object({
  images: z
    .array(z.string())
    .min(10, 'images must have 10 to 30 items')
    .max(30, 'images must have 10 to 30 items'),
  gender: z.enum(APIFRAME_GENDERS),
  ethnicity: z.enum(APIFRAME_ETHNICITIES),
  age: z.int().optional(),
  webhook_url: z.string().optional(),
  webhook_secret: z.string().optional(),
});

/**
 * What is wrong with an uploaded picture, or null. Stricter than any documented check of the provider: it stands for
 * the promise that Darkroom makes about each picture it hands over.
 */
export function imageProblem(base64: string, index: number): string | null {
  const name = `images[${index}]`;
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.toString('base64') !== base64) return `${name} is not bare base64`;
  const size = jpegSize(bytes);
  if (size === null) return `${name} is not a whole JPEG`;
  if (size.width !== SIDE || size.height !== SIDE)
    return `${name} is ${size.width}x${size.height}, not ${SIDE}x${SIDE}`;
  return null;
}

/** Size out of the frame header (ITU T.81 B.2.2); null unless it runs from SOI to EOI with a frame in between. */
function jpegSize(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8 || bytes.readUInt16BE(bytes.length - 2) !== 0xffd9)
    return null;
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
