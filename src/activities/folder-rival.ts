import type { TrainRequest } from '../contract/request';
import type { Storage } from '../storage/port';
import type { SubmissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import { folderIds } from './folder-ids';

/**
 * Where a training was started for the folder of a person: which ids that folder has, and the other one of them that was sent to
 * the provider. Its row may have waited for days, while a batch of another night has found the folder with a photo more.
 */
export async function folderRival(
  storage: Storage,
  journal: SubmissionJournal,
  { request, id }: { request: TrainRequest; id: string },
): Promise<{ ids: readonly string[]; rival: string | null } | null> {
  const ids = await folderIds(storage).of(request);
  if (!ids.includes(id)) return null;
  for (const other of ids)
    if (other !== id && (await onRecord(journal, other)).is === 'sent') return { ids, rival: other };
  return { ids, rival: null };
}
