import { z } from 'zod';
import { PHOTO_REASONS, type PhotoReason } from '../../contract/photo';
import type { Examined } from '../examine';
import type { PhotoFindings } from '../findings';

/** What a look at a file has found. */
export type PhotoRecord =
  { readable: true; findings: PhotoFindings } | { readable: false; reason: PhotoReason };

export interface Pictures {
  jpeg: Buffer | null;
  thumbnail: Buffer | null;
}

/** Where looks and pictures are kept, by the SHA-256 of the file, so that no photo is looked at twice. */
export interface PhotoLibrary {
  /** Null where it is not there whole, or cannot be read: the photo is then looked at again. */
  find(contentHash: string): Promise<PhotoRecord | null>;
  keep(contentHash: string, examined: Examined): Promise<void>;
  pictures(contentHash: string): Promise<Pictures>;
}

const share = z.number();
const box = z.strictObject({ left: share, top: share, width: share, height: share });

export const recordSchema: z.ZodType<PhotoRecord> = z.discriminatedUnion('readable', [
  z.strictObject({
    readable: z.literal(true),
    findings: z.strictObject({
      format: z.enum(['jpeg', 'png', 'webp', 'tiff', 'avif', 'heic']),
      width: z.number(),
      height: z.number(),
      orientation: z.number(),
      pages: z.number(),
      hash: z.string(),
      mirroredHash: z.string(),
      sharpness: z.number(),
      brightness: z.number(),
      faces: z.array(box).nullable(),
      faceClarity: z.strictObject({ sharpness: z.number(), brightness: z.number() }).nullable(),
    }),
  }),
  z.strictObject({ readable: z.literal(false), reason: z.enum(PHOTO_REASONS) }),
]);

export function recordOf(examined: Examined): PhotoRecord {
  return examined.readable
    ? { readable: true, findings: examined.findings }
    : { readable: false, reason: examined.reason };
}
