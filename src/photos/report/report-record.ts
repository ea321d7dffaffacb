import { z } from 'zod';
import { CROPS, type Crop } from '../../contract/gates';
import { PHOTO_REASONS, type PhotoReason, type PhotoVerdict } from '../../contract/photo';
import { subjectRegion } from '../faces/subject-square';
import type { PhotoFindings } from '../findings';
import type { Box } from '../raster';
import { RECIPE } from '../recipe';
import type { SeenPhoto } from '../set/look-at-photos';

/** What a report says of one photo, without its pictures: those are found by `contentHash`. */
export interface ReportedPhoto {
  photo: string;
  verdict: PhotoVerdict['verdict'];
  reasons: PhotoReason[];
  /** The photo of the same set that this one repeats. */
  twin?: string | undefined;
  /** Format and pixels; empty where nothing could be read. */
  facts: string;
  contentHash: string | null;
  /** In pixels of the normalized picture. */
  faces: Box[];
}

/** What a page says. */
export interface ReportContent {
  photos: ReportedPhoto[];
  /** Paragraphs above the photos, such as the advice. */
  remarks: string[];
}

/** The same as it is kept, so that a page with other names in it can be made: with where its pictures are. */
export interface ReportRecord extends ReportContent {
  recipe: string;
  crop: Crop;
}

const box = z.strictObject({ left: z.number(), top: z.number(), width: z.number(), height: z.number() });

export const reportRecordSchema: z.ZodType<ReportRecord> = z.strictObject({
  recipe: z.string(),
  crop: z.enum(CROPS),
  photos: z.array(
    z.strictObject({
      photo: z.string(),
      verdict: z.enum(['accepted', 'warned', 'rejected']),
      reasons: z.array(z.enum(PHOTO_REASONS)),
      twin: z.string().optional(),
      facts: z.string(),
      contentHash: z.string().nullable(),
      faces: z.array(box),
    }),
  ),
  remarks: z.array(z.string()),
});

/** `photo` and `twin` of a verdict are names as the reader will see them. Pure. */
export function reportPhotos(
  verdicts: readonly PhotoVerdict[],
  seen: readonly SeenPhoto[],
  crop: Crop,
): ReportedPhoto[] {
  return verdicts.map(({ photo, verdict, reasons, twin }, index) => {
    const { contentHash = null, record } = seen[index] ?? {};
    const findings = record?.readable === true ? record.findings : null;
    return {
      photo,
      verdict,
      reasons,
      ...(twin !== undefined && { twin }),
      contentHash,
      facts: findings === null ? '' : factsOf(findings),
      faces: findings === null ? [] : marked(findings, crop),
    };
  });
}

function factsOf({ format, width, height, orientation }: PhotoFindings): string {
  const turned = orientation === 1 ? '' : `, stored turned (EXIF ${orientation})`;
  return `${format.toUpperCase()} ${width} × ${height}${turned}`;
}

/** From shares of the photo to pixels of the square that it, or a part of it, lies in. */
export function marked(findings: PhotoFindings, crop: Crop): Box[] {
  const { width, height, faces } = findings;
  const shown = subjectRegion(findings, crop) ?? { left: 0, top: 0, width, height };
  const scale = RECIPE.size / Math.max(shown.width, shown.height);
  const left = (RECIPE.size - shown.width * scale) / 2 - shown.left * scale;
  const top = (RECIPE.size - shown.height * scale) / 2 - shown.top * scale;
  return (faces ?? []).map((face) => ({
    left: Math.round(left + face.left * width * scale),
    top: Math.round(top + face.top * height * scale),
    width: Math.round(face.width * width * scale),
    height: Math.round(face.height * height * scale),
  }));
}
