import type { ProviderName } from '../contract/request';
import type { Provider } from '../providers/port';
import type { PhotoSource } from '../storage/photo-source';
import type { Storage } from '../storage/port';

/** Everything that activities reach of the world. `worker.ts` builds them from the configuration. */
export interface ActivityPorts {
  storage: Storage;
  photoSource: PhotoSource;
  providers: ProviderDirectory;
  pacing: { firstPollMs: number; maxPollMs: number };
  photosInFlight: number;
}

export interface ProviderDirectory {
  /** @throws a failure that says which variable is missing, if the worker has no access to this provider */
  get(name: ProviderName): Provider;
}
