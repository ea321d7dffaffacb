import { createHash } from 'node:crypto';
import { pageKey, type BatchOrder, type BatchRow, type NotRight, type RowNotRight } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { requestFingerprint, trainingWorkflowId } from '../training-id';
import type { Storage } from '../storage/port';

/** Activities answer with a page; Temporal takes 2 MB, and the pages of a run lie in its history. */
const MAX_PAGE_BYTES = 200_000;
const MAX_PAGE_ROWS = 100;

export interface KeptManifest extends Omit<BatchOrder, 'inFlight'> {
  /** Of all rows in their order. */
  digest: string;
}

/**
 * Puts the rows of a batch into the store, where its workflow reads them page by page. The same rows are the same pages.
 *
 * @param numbers of the rows, as their manifest counts them, ascending; without them they are counted from 1
 */
export async function keepManifest(
  requests: readonly TrainRequest[],
  storage: Pick<Storage, 'put'>,
  numbers: readonly number[] = requests.map((_, index) => index + 1),
): Promise<KeptManifest> {
  const hash = createHash('sha256');
  // Whole: pages of a batch that runs must not change under it.
  for (const page of pagesOf(requests, numbers)) hash.update(`${page.join('\n')}\n`);
  const digest = hash.digest('hex');
  const manifest = `batches/${digest.slice(0, 32)}`;
  const pages: number[] = [];
  let first = 0;
  for (const page of pagesOf(requests, numbers)) {
    await storage.put(pageKey(manifest, pages.length), Buffer.from(`[${page.join(',')}]`));
    pages.push(first);
    first += page.length;
  }
  return { manifest, rows: requests.length, pages, digest };
}

/** Puts aside which rows of a manifest are none of the batch, and why; null where all are right. */
export async function keepNotRight(
  rows: readonly RowNotRight[],
  { manifest, storage }: { manifest: string; storage: Pick<Storage, 'put'> },
): Promise<NotRight | null> {
  if (rows.length === 0) return null;
  const bytes = Buffer.from(JSON.stringify(rows));
  // The same good rows may have others beside them the next time.
  const key = `${manifest}/not-right-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}.json`;
  await storage.put(key, bytes);
  return { key, rows: rows.length };
}

/** The same, as the order of a batch has it. */
export async function keptRequests(
  requests: readonly TrainRequest[],
  storage: Storage,
): Promise<Pick<BatchOrder, 'manifest' | 'rows' | 'pages'>> {
  const { manifest, rows, pages } = await keepManifest(requests, storage);
  return { manifest, rows, pages };
}

/** Rows as JSON. */
function* pagesOf(requests: readonly TrainRequest[], numbers: readonly number[]): Generator<string[]> {
  let page: string[] = [];
  let bytes = 0;
  for (const [index, request] of requests.entries()) {
    const row = JSON.stringify({ row: numbers[index], ...rowOf(request) });
    const size = Buffer.byteLength(row);
    if (page.length > 0 && (bytes + size > MAX_PAGE_BYTES || page.length >= MAX_PAGE_ROWS)) {
      yield page;
      page = [];
      bytes = 0;
    }
    page.push(row);
    bytes += size;
  }
  if (page.length > 0) yield page;
}

function rowOf(request: TrainRequest): BatchRow {
  return {
    id: trainingWorkflowId(request),
    request,
    fingerprint: requestFingerprint(request),
    summary: `${request.subject} · ${request.provider} · ${request.photos.length} photos`,
  };
}
