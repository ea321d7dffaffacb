import type { FolderRule } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';

/** What a folder asks for by its rule, or why it can be no training. */
export function rowOfFolder(
  { request }: FolderRule,
  { name, photos }: { name: string; photos: readonly string[] },
): TrainRequest | { why: string } {
  if (photos.length === 0) return { why: 'it holds no photos' };
  const whole = trainRequestSchema.safeParse({ ...request, subject: name, photos });
  if (whole.success) return whole.data;
  const [issue] = whole.error.issues;
  return { why: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not right'}` };
}
