import { connect, TemporalUnreachableError, type Darkroom } from '../client';
import { readConfig, type Config } from '../config';
import { storageFrom } from '../storage-from';
import type { Storage } from '../storage/port';
import { accessFromEnvironment, accessTo, type TemporalAccess } from '../temporal-connection';
import { runningDev } from './dev-file';
import { sandboxSettings } from './sandbox-settings';

export interface HomeOption {
  home: string;
}

/** Where a command finds Temporal and the folder that its photos go to. */
export interface Reach {
  access: TemporalAccess;
  photosDir: string;
  storeDir: string;
  storage: Storage;
  /** Address of the UI, where it is known. */
  ui: string | null;
  config: Config;
}

/** `TEMPORAL_ADDRESS` (or a profile) wins; without it a running `dev` of this home. */
export function reach({ home }: HomeOption): Reach {
  const config = readConfig({ DARKROOM_HOME: home });
  const dev = runningDev(config.home);
  if (config.temporal.isConfigured) {
    const { photosDir, storeDir, temporal } = config;
    const storage = storageFrom(config);
    return { access: accessFromEnvironment(), photosDir, storeDir, storage, ui: temporal.uiUrl, config };
  }
  if (dev === null) {
    throw new TemporalUnreachableError(
      'localhost',
      new Error(`no darkroom dev runs on ${config.home}, and TEMPORAL_ADDRESS is not set`),
    );
  }
  const access = accessTo(dev.temporal, dev.namespace);
  return {
    access,
    photosDir: dev.photos,
    storeDir: dev.store,
    storage: storageFrom({ ...config, storeDir: dev.store }),
    ui: config.temporal.uiUrl ?? dev.ui,
    config: readConfig({ DARKROOM_HOME: home, ...sandboxSettings(dev, config) }),
  };
}

/** The configuration alone, of a running `dev` too: for commands that need no Temporal. */
export function configHere({ home }: HomeOption): Config {
  const config = readConfig({ DARKROOM_HOME: home });
  if (config.temporal.isConfigured) return config;
  return readConfig({ DARKROOM_HOME: home, ...sandboxSettings(runningDev(config.home), config) });
}

/** The store alone, likewise. */
export function storageHere(options: HomeOption): Storage {
  const config = configHere(options);
  const dev = config.temporal.isConfigured ? null : runningDev(config.home);
  return storageFrom(dev === null ? config : { ...config, storeDir: dev.store });
}

export async function withDarkroom<T>(
  options: HomeOption,
  work: (darkroom: Darkroom, found: Reach) => Promise<T>,
): Promise<T> {
  const found = reach(options);
  const darkroom = await connect(found.access, { readStore: (key) => found.storage.get(key) });
  try {
    return await work(darkroom, found);
  } finally {
    await darkroom.close();
  }
}
