import type { ActivityPorts } from './activities/ports';
import type { Config } from './config';
import { providerDirectory } from './provider-directory';
import { storageFrom } from './storage-from';
import { PHOTO_PROCESS_FILE } from './photos/process/child-file';
import { photoPool, type PhotoPool } from './photos/process/photo-pool';
import { fileSource } from './storage/photo-source';

/** The world as the activities see it, built from the configuration. */
export function portsFrom(config: Config): ActivityPorts {
  return {
    storage: storageFrom(config),
    photoSource: fileSource(config.photosDir),
    providers: providerDirectory(config),
    submission: config.submission,
    webhooks: config.webhooks,
    pacing: config.worker.pacing,
    watch: config.worker.watch,
    photoPool: photoPoolFrom(config),
    photoGates: config.photos.gates,
  };
}

/** Starts no process before the first photo comes. */
export function photoPoolFrom({ photos }: Config, childFile = PHOTO_PROCESS_FILE): PhotoPool {
  const { processes, timeMs, memoryBytes } = photos;
  return photoPool({ childFile, processes, limits: { timeMs, memoryBytes } });
}
