import { createHash } from 'node:crypto';
import type { ProviderName } from '../contract/request';
import { download } from '../providers/download';
import { ProviderUnavailableError } from '../providers/errors';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';

export interface ResultsOrder {
  provider: ProviderName;
  trainingId: string;
  storeId: string | null;
}

/** Copies what a training has made into the store, at once, because a provider's links do not last. Safe to redo. */
export function collectResults({ storage, providers }: ActivityPorts) {
  return ({ provider: name, trainingId, storeId }: ResultsOrder): Promise<{ results: string[] }> => {
    const results: string[] = [];
    return sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ done: results.length }),
        async (beat, signal) => {
          await assertOwnStore(storage, storeId);
          const provider = providers.get(name);
          const urls = await provider.results(trainingId, signal);
          // An empty list now would be taken for the whole result, and paid images never be fetched.
          if (urls.length === 0)
            throw new ProviderUnavailableError(provider.title, 'the results are not there yet');
          const folder = `results/${hash(`${name}/${trainingId}`)}`;
          for (const [index, url] of urls.entries()) {
            const { bytes, extension } = await download(provider.title, url, signal);
            const key = `${folder}/${String(index + 1).padStart(3, '0')}.${extension}`;
            await storage.put(key, bytes);
            results.push(key);
            beat();
          }
          return { results };
        },
      ),
    );
  };
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
