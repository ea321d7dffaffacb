import { createHash } from 'node:crypto';
import { reportRecordSchema, type ReportRecord } from '../photos/report/report-record';
import { writeReport } from '../photos/report/write-report';
import type { PhotoLibrary } from '../photos/set/photo-library';
import type { Storage } from '../storage/port';
import { storedPhotos } from './stored-photos';

/** An id may hold what a key may not. */
function pageKey(workflowId: string): string {
  return `reports/${createHash('sha256').update(workflowId).digest('hex').slice(0, 32)}.html`;
}

function recordKey(page: string): string {
  return page.replace(/\.html$/, '.json');
}

/** Keeps a report as a page, and beside it as what the page was made of. Gives the key of the page. */
export async function keepReport(
  storage: Storage,
  workflowId: string,
  record: ReportRecord,
  library: PhotoLibrary,
): Promise<string> {
  const key = pageKey(workflowId);
  await storage.put(recordKey(key), Buffer.from(JSON.stringify(record)));
  await storage.put(key, Buffer.from(await writeReport(record, library)));
  return key;
}

/** What a page in the store was made of; null where that is not there, or cannot be read. */
export async function storedReport(
  storage: Storage,
  page: string,
): Promise<{ record: ReportRecord; library: PhotoLibrary } | null> {
  const bytes = await storage.get(recordKey(page));
  if (bytes === null) return null;
  try {
    const record = reportRecordSchema.parse(JSON.parse(bytes.toString()));
    const library = storedPhotos(storage, { ...record, isLookingForFaces: false });
    return { record, library };
  } catch {
    return null;
  }
}
