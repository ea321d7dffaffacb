import type { TrainRequest } from '../contract/request';
import { neverAgain } from '../failures';
import { StorageError } from '../storage/port';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import type { ActivityPorts } from './ports';

export interface UploadOrder {
  request: TrainRequest;
  /** Storage keys of the photo set. */
  outputs: readonly string[];
}

/** Hands the photo set to the provider. Safe to redo; the bytes never pass through Temporal. */
export function uploadPhotos({ storage, providers }: ActivityPorts) {
  return ({ request, outputs }: UploadOrder): Promise<{ uploadId: string }> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ photos: outputs.length }),
        async (_beat, signal) => {
          const images = await Promise.all(outputs.map(load));
          return providers.get(request.provider).upload(images, request, signal);
        },
      ),
    );

  async function load(key: string): Promise<Buffer> {
    const bytes = await storage.get(key);
    if (bytes !== null) return bytes;
    throw neverAgain(
      'StoreUnavailable',
      `The store has lost ${key}; start the training again with another id`,
      missing(key),
    );
  }
}

function missing(key: string): StorageError {
  return new StorageError(`${key} is not in the store`, 'mend');
}
