import { keptRequests } from '../batches/keep-manifest';
import type { Config } from '../config';
import type { TrainRequest } from '../contract/request';
import type { GatewayApi } from '../gateway/server';
import type { Access } from '../gateway/api/authenticate';
import { maxPhotoBytes } from '../photos/limits';
import { downloadsFolder, removeLeftDownloads } from '../storage/left-downloads';
import { shelfFrom, storageFrom } from '../storage-from';
import type { TemporalUi } from '../temporal-ui';
import { readApiKeys } from './api-keys-file';

const LOOPBACK = ['127.0.0.1', '::1', 'localhost'];

/** What the gateway's HTTP API is given, and a notice of who may use it. Without keys it is for this machine alone. */
export async function gatewayApi(
  config: Config,
  { host, temporalUi }: { host: string; temporalUi: TemporalUi | null },
): Promise<{ api: GatewayApi | null; notice: string }> {
  const access = await accessFrom(config.api.keysFile, host);
  if (access === null)
    return {
      api: null,
      notice: `no HTTP API: ${host} is reached from elsewhere, so it needs keys (DARKROOM_API_KEYS_FILE)`,
    };
  await removeLeftDownloads(downloadsFolder(config.home));
  const store = storageFrom(config);
  const api = {
    access,
    requestsAMinute: config.api.requestsAMinute,
    readReport: (key: string) => store.get(key),
    shelf: shelfFrom(config),
    keepRows: (requests: readonly TrainRequest[]) => keptRequests(requests, store),
    store,
    maxPhotoBytes,
    temporalUi,
  };
  return {
    api,
    notice:
      access.ask === 'keys'
        ? `HTTP API for ${access.keys.length} keys`
        : 'HTTP API without keys, for this machine alone',
  };
}

async function accessFrom(keysFile: string | null, host: string): Promise<Access | null> {
  if (keysFile !== null) return { ask: 'keys', keys: await readApiKeys(keysFile) };
  return LOOPBACK.includes(host) ? { ask: 'nobody' } : null;
}
