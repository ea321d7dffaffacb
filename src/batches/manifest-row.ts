import { z } from 'zod';
import type { RowNotRight } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';

/** What a row asks for, checked but for its photos, which nobody has looked at yet. */
export interface ManifestRow {
  /** As a spreadsheet or an editor counts them: the first one is 1, the header's too. */
  row: number;
  /** Folders, or references of photos. */
  photos: readonly string[];
  /** All but its photos. */
  request: TrainRequest;
}

export type RowProblem = RowNotRight;

const ANY_PHOTO = 'file:any';
const photosSchema = z.union(
  [
    z
      .string()
      .min(1)
      .transform((one) => [one]),
    z.array(z.string().min(1)).min(1),
  ],
  {
    error: 'must name a folder, or references of photos',
  },
);

/** @param fields of a request, with `photos` as the manifest has them */
export function manifestRow(row: number, fields: unknown): ManifestRow | RowProblem {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields))
    return { row, message: 'must be an object' };
  const { photos: named, ...rest } = fields as Record<string, unknown>;
  const photos = photosSchema.safeParse(named);
  if (!photos.success) return { row, message: `photos: ${photos.error.issues[0]?.message ?? ''}` };
  const request = trainRequestSchema.safeParse({ provider: 'apiframe', ...rest, photos: [ANY_PHOTO] });
  if (request.success) return { row, photos: photos.data, request: request.data };
  const problems = request.error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
  return { row, message: problems.join('; ') };
}
