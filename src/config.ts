import os from 'node:os';
import path from 'node:path';
import type { GatePolicy } from './contract/gates';
import { TASK_QUEUES, type TaskQueueName } from './contract/names';
import { readApi, type ApiConfig } from './config/api-settings';
import { readCallbacks, type CallbackConfig } from './config/callback-settings';
import { readMonitor } from './config/monitor-settings';
import { ConfigError, EnvReader } from './config/env-reader';
import { readGates } from './config/gate-settings';
import {
  readPhotoPlaces,
  readPhotoSets,
  readS3,
  readStorePlace,
  type PhotoPlaces,
} from './config/store-settings';
import { readTracing, type TracingConfig } from './config/tracing-settings';
import { readTryiton, type TryitonConfig } from './config/tryiton-settings';
import { readWebhooks, type WebhookConfig } from './config/webhook-settings';
import type { MonitorAddress } from './monitoring/monitor-server';
import type { S3Place, S3Settings } from './storage/s3-settings';

/** Everything the environment decides, read once. Durations are in milliseconds. */
export interface Config {
  readonly home: string;
  readonly storeDir: string;
  /** Limits of accounts; there need not be one. */
  readonly accountsFile: string;
  /** Where the store is a bucket; null where it is `storeDir`. */
  readonly storePlace: S3Place | null;
  readonly s3: S3Settings;
  readonly photosDir: string;
  readonly photoPlaces: PhotoPlaces;
  /** Where photos that are handed in go; null: into `photosDir`. */
  readonly photoSets: S3Place | null;
  readonly cacheDir: string;
  readonly temporal: {
    /** Whether the environment names a server; if not, a running `dev` is looked for. */
    readonly isConfigured: boolean;
    readonly cliPath: string | null;
    readonly searchPath: string;
    /** Base address of its UI, for links; null where the environment does not say. */
    readonly uiUrl: string | null;
  };
  readonly worker: WorkerConfig;
  readonly photos: PhotoConfig;
  readonly submission: SubmissionConfig;
  readonly webhooks: WebhookConfig;
  readonly api: ApiConfig;
  readonly callbacks: CallbackConfig;
  readonly monitor: MonitorAddress | null;
  readonly tracing: TracingConfig;
  readonly apiframe: ApiframeConfig;
  readonly tryiton: TryitonConfig;
}

export interface PhotoConfig {
  /** Processes that decode, one photo at a time each. */
  readonly processes: number;
  /** A process that takes longer for a photo, or more memory, is killed. */
  readonly timeMs: number;
  readonly memoryBytes: number;
  readonly gates: Partial<GatePolicy>;
}

export interface SubmissionConfig {
  readonly timeoutMs: number;
  readonly lookUpUnitMs: number;
  readonly lookUpWindowMs: number | null;
}

export interface WorkerConfig {
  readonly queues: readonly TaskQueueName[];
  readonly maxCachedWorkflows: number;
  readonly activitySlots: number;
  readonly photoSlots: number;
  readonly shutdownGraceMs: number;
  readonly pacing: Pacing;
  readonly watch: {
    readonly isOn: boolean;
    readonly intervalMs: number;
    readonly callsPerSecond: number;
  };
}

/** When a training is polled: the first time, and at most how much later each time. */
export interface Pacing {
  readonly firstPollMs: number;
  readonly maxPollMs: number;
}

export interface ApiframeConfig {
  /** Null where the environment does not say: `worker` then uses the documented host, `dev` its sandbox. */
  readonly baseUrl: string | null;
  readonly apiKey: string | null;
  readonly auth: 'raw' | 'bearer';
  readonly account: string;
  readonly isExclusive: boolean;
}

/** https://docs.apiframe.ai/ai-photos/train */
export const APIFRAME_DOCUMENTED_URL = 'https://api.apiframe.pro';

/**
 * @param overrides what the command line says, by variable name; it wins over the environment
 * @throws ConfigError that names every variable that is wrong, with the value received
 */
export function readConfig(overrides: Readonly<Record<string, string | undefined>> = {}): Config {
  const given = Object.entries(overrides).filter(([, value]) => value !== undefined);
  const env = new EnvReader({ ...process.env, ...Object.fromEntries(given) });
  const home = path.resolve(env.text('DARKROOM_HOME') ?? '.darkroom');
  const isWatched = env.choice('DARKROOM_WATCH', ['on', 'off']) !== 'off';
  const config: Config = {
    home,
    storeDir: path.resolve(env.text('DARKROOM_STORE_DIR') ?? path.join(home, 'store')),
    accountsFile: path.resolve(env.text('DARKROOM_ACCOUNTS') ?? path.join(home, 'accounts.yaml')),
    storePlace: readStorePlace(env),
    s3: readS3(env),
    photoPlaces: readPhotoPlaces(env),
    photoSets: readPhotoSets(env),
    photosDir: path.resolve(env.text('DARKROOM_PHOTOS_DIR') ?? path.join(home, 'photos')),
    cacheDir: path.resolve(env.text('DARKROOM_CACHE_DIR') ?? defaultCacheDir(env.text('XDG_CACHE_HOME'))),
    temporal: {
      isConfigured: ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some(
        (name) => env.text(name) !== null,
      ),
      cliPath: env.text('DARKROOM_TEMPORAL_CLI'),
      searchPath: env.text('PATH') ?? '',
      uiUrl: env.url('DARKROOM_UI_URL'),
    },
    worker: {
      queues: env.list('DARKROOM_QUEUES', TASK_QUEUES) ?? TASK_QUEUES,
      // A cached run takes 0.25 MB, and one that waits needs none: with 600 waiting, 100 are 195 MB and 500 are 290. Starts are as quick.
      maxCachedWorkflows: env.count('DARKROOM_MAX_CACHED_WORKFLOWS', { min: 0 }) ?? 100,
      activitySlots: env.count('DARKROOM_ACTIVITY_SLOTS', { min: 1 }) ?? 20,
      // Photo sets at a time. They share the photo processes, so more of them finish later, not sooner.
      photoSlots: env.count('DARKROOM_PHOTO_SLOTS', { min: 1 }) ?? 2,
      // Longer than the slowest submission (90 s): a submission cut off by a deploy has an unknown outcome.
      shutdownGraceMs: env.duration('DARKROOM_SHUTDOWN_GRACE') ?? 100_000,
      pacing: {
        // The watcher has seen the end by then. Looks cost 25 to 50 ms of CPU: 10,000 trainings that look every 10 min take most of a core.
        firstPollMs: env.duration('DARKROOM_POLL_FIRST') ?? (isWatched ? 1_800_000 : 15_000),
        maxPollMs: env.duration('DARKROOM_POLL_MAX') ?? 3_600_000,
      },
      watch: {
        isOn: isWatched,
        intervalMs: env.duration('DARKROOM_WATCH_INTERVAL') ?? 2000,
        // A thousand waiting trainings are 6 calls a second, ten thousand 63; near their ends up to four times as many. No provider documents a limit; a 429 slows it down.
        callsPerSecond: env.count('DARKROOM_WATCH_CALLS_PER_SECOND', { min: 1 }) ?? 80,
      },
    },
    photos: {
      // A decoder keeps one core busy.
      processes: env.count('DARKROOM_PHOTO_PROCESSES', { min: 1 }) ?? os.availableParallelism(),
      // The worst picture that passes the limits takes 6 s; a file that needs far longer is made to.
      timeMs: env.duration('DARKROOM_PHOTO_TIMEOUT') ?? 30_000,
      // A 48 MP HEIC takes 0.6 GB, a 25 MP AVIF 0.5 GB. A process with the face model holds 0.2 GB before it has a photo,
      // and one that holds half of the limit is replaced after each.
      memoryBytes: (env.count('DARKROOM_PHOTO_MEMORY_MB', { min: 512 }) ?? 1024) * 1024 ** 2,
      gates: readGates(env),
    },
    submission: {
      // Giving up early on a slow acceptance would make its outcome unknown, so this is generous.
      timeoutMs: env.duration('DARKROOM_SUBMIT_TIMEOUT', { maxMs: 240_000 }) ?? 90_000,
      lookUpUnitMs: env.duration('DARKROOM_LOOK_UP_FIRST') ?? 60_000,
      lookUpWindowMs: env.duration('DARKROOM_LOOK_UP_WINDOW'),
    },
    webhooks: readWebhooks(env),
    api: readApi(env),
    callbacks: readCallbacks(env),
    monitor: readMonitor(env),
    tracing: readTracing(env),
    apiframe: {
      account: env.text('APIFRAME_ACCOUNT') ?? 'default',
      isExclusive: env.choice('APIFRAME_ACCOUNT_EXCLUSIVE', ['yes', 'no']) === 'yes',
      baseUrl: env.url('APIFRAME_BASE_URL'),
      apiKey: env.secret('APIFRAME_API_KEY'),
      auth: env.choice('APIFRAME_AUTH', ['raw', 'bearer']) ?? 'raw',
    },
    tryiton: readTryiton(env),
  };
  env.throwIfWrong();
  return deepFreeze(config);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(value).forEach(deepFreeze);
  return Object.freeze(value);
}

function defaultCacheDir(xdgCacheHome: string | null): string {
  return path.join(xdgCacheHome ?? path.join(os.homedir(), '.cache'), 'darkroom');
}

export { ConfigError };
