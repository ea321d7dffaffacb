import { keptRequests } from '../../../src/batches/keep-manifest';
import { startGateway, type Gateway, type GatewayApi } from '../../../src/gateway/server';
import { maxPhotoBytes } from '../../../src/photos/limits';
import { filesystemStorage } from '../../../src/storage/filesystem';
import { folderShelf } from '../../../src/storage/photo-shelf';
import type { TemporalAccess } from '../../../src/temporal-connection';
import type { Config } from '../../../src/config';

/** A gateway with the API over the store and the photos folder of a rig. */
export function startApi(
  { config, access }: { config: Config; access: TemporalAccess },
  changes: Partial<GatewayApi> = {},
): Promise<Gateway> {
  const store = filesystemStorage(config.storeDir);
  const api: GatewayApi = {
    access: { ask: 'nobody' },
    requestsAMinute: 100_000,
    readReport: (key) => store.get(key),
    store,
    shelf: folderShelf(config.photosDir),
    keepRows: (requests) => keptRequests(requests, store),
    maxPhotoBytes,
    temporalUi: { url: 'http://temporal.test', namespace: access.namespace },
    ...changes,
  };
  return startGateway({
    access,
    host: '127.0.0.1',
    port: 0,
    secrets: [],
    api,
    log: (message, facts) => void process.stderr.write(`${message} ${JSON.stringify(facts)}\n`),
  });
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

/** One request, with JSON there and back. */
export async function ask(
  url: string,
  { body, headers = {}, method }: { body?: unknown; headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}
