import { createHash } from 'node:crypto';
import { pageKey, type BatchOrder, type BatchRow } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { requestFingerprint } from '../training-id';
import type { Storage } from '../storage/port';

/** Activities answer with a page; Temporal takes 2 MB, and the pages of a run lie in its history. */
const MAX_PAGE_BYTES = 200_000;
const MAX_PAGE_ROWS = 100;

/** Puts the rows of a batch into the store, where its workflow reads them page by page. The same rows are the same pages. */
export async function keepManifest(
  rows: readonly { row: number; request: TrainRequest }[],
  storage: Storage,
): Promise<Omit<BatchOrder, 'inFlight'> & { digest: string }> {
  const kept = rows.map(({ row, request }): BatchRow => ({
    row,
    request,
    fingerprint: requestFingerprint(request),
    summary: `${request.subject} · ${request.provider} · ${request.photos.length} photos`,
  }));
  const digest = createHash('sha256').update(JSON.stringify(kept)).digest('hex');
  const manifest = `batches/${digest.slice(0, 32)}`;
  const pages = pagesOf(kept);
  for (const [number, page] of pages.entries())
    await storage.put(pageKey(manifest, number), Buffer.from(JSON.stringify(page)));
  let first = 0;
  const starts = pages.map(({ length }) => (first += length) - length);
  return { manifest, rows: kept.length, pages: starts, digest };
}

function pagesOf(rows: readonly BatchRow[]): BatchRow[][] {
  const pages: BatchRow[][] = [];
  let bytes = Infinity;
  for (const row of rows) {
    const size = JSON.stringify(row).length;
    if (bytes + size > MAX_PAGE_BYTES || (pages.at(-1)?.length ?? 0) >= MAX_PAGE_ROWS) {
      pages.push([]);
      bytes = 0;
    }
    pages.at(-1)?.push(row);
    bytes += size;
  }
  return pages;
}
