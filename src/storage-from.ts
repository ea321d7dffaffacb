import type { Config } from './config';
import { bucketShelf } from './storage/bucket-shelf';
import { filesystemStorage } from './storage/filesystem';
import { downloadsFolder, ownDownloadFolder } from './storage/left-downloads';
import { folderShelf, type PhotoShelf } from './storage/photo-shelf';
import type { Storage } from './storage/port';
import { s3Storage } from './storage/s3';
import { s3Clients } from './storage/s3-clients';
import { s3Url } from './storage/s3-settings';

/** Where photos go that are handed in: over HTTP, or with `darkroom train`. */
export function shelfFrom({ photosDir, photoSets, s3, home }: ShelfConfig): PhotoShelf {
  if (photoSets === null) return folderShelf(photosDir);
  return bucketShelf(photoSets, s3Clients(s3), ownDownloadFolder(downloadsFolder(home)));
}

type ShelfConfig = Pick<Config, 'photosDir' | 'photoSets' | 's3' | 'home'>;
type StoreConfig = Pick<Config, 'storeDir' | 'storePlace' | 's3'>;

/** The store that the configuration names. Nothing is asked of it yet. */
export function storageFrom(config: StoreConfig, clients = s3Clients(config.s3)): Storage {
  const { storeDir, storePlace, s3 } = config;
  return storePlace === null ? filesystemStorage(storeDir) : s3Storage(storePlace, s3, clients);
}

export function storeName({ storeDir, storePlace }: StoreConfig): string {
  return storePlace === null ? storeDir : s3Url(storePlace);
}
