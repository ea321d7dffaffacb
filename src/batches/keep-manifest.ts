import { createHash } from 'node:crypto';
import { pageKey, type BatchOrder, type BatchRow } from '../contract/batch';
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

/** Puts the rows of a batch into the store, where its workflow reads them page by page. The same rows are the same pages. */
export async function keepManifest(
  requests: readonly TrainRequest[],
  storage: Storage,
): Promise<KeptManifest> {
  const hash = createHash('sha256');
  for (const request of requests) hash.update(`${requestFingerprint(request)}\n`);
  const digest = hash.digest('hex');
  const manifest = `batches/${digest.slice(0, 32)}`;
  const pages: number[] = [];
  let first = 0;
  for (const page of pagesOf(requests)) {
    await storage.put(pageKey(manifest, pages.length), Buffer.from(`[${page.join(',')}]`));
    pages.push(first);
    first += page.length;
  }
  return { manifest, rows: requests.length, pages, digest };
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
function* pagesOf(requests: readonly TrainRequest[]): Generator<string[]> {
  let page: string[] = [];
  let bytes = 0;
  for (const request of requests) {
    const row = JSON.stringify(rowOf(request));
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
