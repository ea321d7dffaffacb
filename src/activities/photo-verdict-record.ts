import type { z } from 'zod';
import { photoVerdictSchema } from '../contract/result-schema';
import type { Storage } from '../storage/port';

const recordSchema = photoVerdictSchema.omit({ photo: true });
type VerdictRecord = z.infer<typeof recordSchema>;

/** The record of a finished photo. One that cannot be read counts as absent: the photo is looked at again. */
export async function readVerdict(storage: Storage, key: string): Promise<VerdictRecord | null> {
  const bytes = await storage.get(key);
  if (bytes === null) return null;
  try {
    return recordSchema.parse(JSON.parse(bytes.toString()));
  } catch {
    return null;
  }
}

/** Written after the picture itself, so that a record promises a picture. */
export async function writeVerdict(
  storage: Storage,
  key: string,
  record: VerdictRecord,
): Promise<VerdictRecord> {
  await storage.put(key, Buffer.from(JSON.stringify(record)));
  return record;
}
