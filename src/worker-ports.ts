import type { ActivityPorts } from './activities/ports';
import { limitsFile } from './accounts/limits-file';
import type { Config } from './config';
import { STRANGERS, type Network } from './net/network';
import type { WorkerMetrics } from './monitoring/metrics';
import { providerDirectory } from './provider-directory';
import { storageFrom } from './storage-from';
import { PHOTO_PROCESS_FILE } from './photos/process/child-file';
import { photoPool, type PhotoPool } from './photos/process/photo-pool';
import { downloadsFolder } from './storage/left-downloads';
import { fileFolders } from './storage/file-folders';
import { httpsPhotos } from './storage/https-photos';
import { photoDownloads } from './storage/photo-downloads';
import { foldersByScheme } from './storage/photo-folders';
import { fileSource, type PhotoSource } from './storage/photo-source';
import { photosByScheme } from './storage/photos-by-scheme';
import { s3Clients } from './storage/s3-clients';
import { s3Folders } from './storage/s3-folders';
import { s3Photos } from './storage/s3-photos';

/** The world as the activities see it, built from the configuration. */
export function portsFrom(config: Config, metrics: WorkerMetrics | null = null): ActivityPorts {
  const clients = s3Clients(config.s3);
  return {
    storage: storageFrom(config, clients),
    photoSource: photoSourceFrom(config, clients),
    photoFolders: foldersByScheme({
      'file:': fileFolders(config.photosDir),
      's3:': s3Folders(config.photoPlaces.s3, clients),
    }),
    providers: providerDirectory(config, metrics),
    accounts: limitsFile(config.accountsFile),
    submission: config.submission,
    webhooks: config.webhooks,
    pacing: config.worker.pacing,
    watch: config.worker.watch,
    callbacks: { ...config.callbacks, network: STRANGERS },
    watchObserver: watchObserver(metrics),
    photoPool: photoPoolFrom(config),
    photoGates: config.photos.gates,
  };
}

function watchObserver(metrics: WorkerMetrics | null): ActivityPorts['watchObserver'] {
  return {
    onReport(provider, { waiting, sweepMs, intervalMs }) {
      metrics?.watched.set({ provider }, waiting);
      metrics?.sweepSeconds.set({ provider }, sweepMs / 1000);
      metrics?.intervalSeconds.set({ provider }, intervalMs / 1000);
    },
    onTurnOver(provider) {
      for (const gauge of [metrics?.watched, metrics?.sweepSeconds, metrics?.intervalSeconds])
        gauge?.remove({ provider });
    },
    onEndSeen(provider, lateAtMostMs) {
      metrics?.nudges.inc({ provider });
      metrics?.endSeenSeconds.observe({ provider }, lateAtMostMs / 1000);
    },
  };
}

/** @param network for tests, which have no internet */
export function photoSourceFrom(
  { photosDir, photoPlaces, s3, home }: Config,
  clients = s3Clients(s3),
  network?: Network,
): PhotoSource {
  const downloads = photoDownloads(downloadsFolder(home));
  return photosByScheme({
    'file:': fileSource(photosDir),
    's3:': s3Photos(photoPlaces.s3, clients, downloads),
    'https:': httpsPhotos({ hosts: photoPlaces.httpsHosts, ...(network && { network }) }, downloads),
  });
}

/** Starts no process before the first photo comes. */
export function photoPoolFrom({ photos }: Config, childFile = PHOTO_PROCESS_FILE): PhotoPool {
  const { processes, timeMs, memoryBytes } = photos;
  return photoPool({ childFile, processes, limits: { timeMs, memoryBytes } });
}
