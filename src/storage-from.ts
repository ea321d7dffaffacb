import type { Config } from './config';
import { filesystemStorage } from './storage/filesystem';
import type { Storage } from './storage/port';
import { s3Storage } from './storage/s3';
import { s3Clients } from './storage/s3-clients';
import { s3Url } from './storage/s3-settings';

type StoreConfig = Pick<Config, 'storeDir' | 'storePlace' | 's3'>;

/** The store that the configuration names. Nothing is asked of it yet. */
export function storageFrom(config: StoreConfig, clients = s3Clients(config.s3)): Storage {
  const { storeDir, storePlace, s3 } = config;
  return storePlace === null ? filesystemStorage(storeDir) : s3Storage(storePlace, s3, clients);
}

export function storeName({ storeDir, storePlace }: StoreConfig): string {
  return storePlace === null ? storeDir : s3Url(storePlace);
}
