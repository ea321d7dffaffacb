import type { ActivityPorts } from './activities/ports';
import type { Config } from './config';
import { providerDirectory } from './provider-directory';
import { filesystemStorage } from './storage/filesystem';
import { fileSource } from './storage/photo-source';

/** The world as the activities see it, built from the configuration. */
export function portsFrom(config: Config): ActivityPorts {
  return {
    storage: filesystemStorage(config.storeDir),
    photoSource: fileSource(config.photosDir),
    providers: providerDirectory(config),
    submission: config.submission,
    pacing: config.worker.pacing,
    photosInFlight: config.worker.photosInFlight,
  };
}
