import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { darkroomOver, type Darkroom, type TrainStatus } from '../../src/client';
import type { RequestTo } from '../../src/contract/request';
import { shapeVariables } from '../../src/config/tryiton-settings';
import { readConfig, type Config } from '../../src/config';
import { SANDBOX_TRYITON_SHAPE } from '../../src/sandbox/tryiton/shape';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../src/sandbox/server';
import type { TemporalAccess } from '../../src/temporal-connection';
import { storageFrom } from '../../src/storage-from';
import { createWorker } from '../../src/worker';
import type { ActivityPorts } from '../../src/activities/ports';
import { portsFrom } from '../../src/worker-ports';
import { readLedger, type LedgerView } from './ledger';
import { writePhotos } from './photos';
import { ANY_PICTURE } from './any-picture';
import { BUNDLE_PATH } from './bundle-path';
import { endIfRunning } from './end-if-running';
import { quietSdk } from './quiet-sdk';
import { replayAll } from './replay';
import { sharedPhotoPool } from './shared-photo-pool';
import { testAccess, testFolder } from './test-server';
import { until } from './until';

export const KEY = 'test-key';

export interface RigOptions {
  sandbox?: Partial<SandboxOptions>;
  /** Settings of the worker, by variable name. */
  env?: Record<string, string>;
  /** What the workers of this rig reach in another way than their configuration says. */
  ports?: (config: Config) => Partial<ActivityPorts>;
  /** Another server or namespace than the shared one. */
  access?: TemporalAccess;
  /** The store, the photos and the provider of this rig; only Temporal is another one, as after a lost database. */
  like?: Rig;
}

/** A test's own world: sandbox, store, client, and in the end a replay of every training that it started. */
export interface Rig {
  readonly darkroom: Darkroom;
  readonly client: Client;
  readonly sandbox: Sandbox;
  readonly access: TemporalAccess;
  readonly home: string;
  readonly config: Config;
  /** The environment of a worker process of this rig. */
  readonly env: Record<string, string>;
  request(changes?: Partial<RequestTo<'apiframe'>>): Promise<RequestTo<'apiframe'>>;
  /** Starts a training under an id of this rig and remembers it for the replay. */
  train(request: unknown, id?: string): Promise<string>;
  remember(id: string): void;
  startWorker(): Promise<() => Promise<void>>;
  ledger(): Promise<LedgerView>;
  untilState(id: string, state: TrainStatus['state']): Promise<TrainStatus>;
  close(): Promise<void>;
}

let rigNumber = 0;

export async function createRig(options: RigOptions = {}): Promise<Rig> {
  const access = options.access ?? testAccess();
  const name = `rig-${process.env['JEST_WORKER_ID'] ?? '1'}-${String((rigNumber += 1))}-${String(Date.now())}`;
  const { like } = options;
  const home = like?.home ?? mkdtempSync(path.join(testFolder(), `${name}-`));
  const sandbox =
    like?.sandbox ??
    (await startSandbox({
      apiKey: KEY,
      pace: { uploadMs: 50, trainMs: 400, uploadTtlMs: 3_600_000 },
      ...options.sandbox,
    }));
  const env = { ...environment(home, sandbox, access), ...options.env };
  const config = readConfig(env);
  const connection = await Connection.connect(access.connectionOptions);
  const client = new Client({ connection, namespace: access.namespace });
  const ids = new Set<string>();
  const stops: (() => Promise<void>)[] = [];
  let trainingNumber = 0;
  // Ids of batches' trainings are made of requests: those of two rigs that share a server must not be the same.
  let requestNumber = randomInt(1, 900_000);

  const rig: Rig = {
    darkroom: darkroomOver(client, { readStore: (key) => storageFrom(config).get(key) }),
    client,
    sandbox,
    access,
    home,
    config,
    env,
    async request(changes = {}) {
      const photos = changes.photos ?? (await writePhotos(config.photosDir, 'good', 12));
      const options = { gender: 'female', ethnicity: 'white' } as const;
      // Another training of the same photos each time, or the second one would be refused as a duplicate.
      const generation = (requestNumber += 1);
      return { subject: 's-1', provider: 'apiframe', options, generation, ...changes, photos };
    },
    async train(request, id = `${name}-${String((trainingNumber += 1))}`) {
      ids.add(id);
      // As another service would: the type by name, the request unchecked.
      await client.workflow.start('trainPerson', { workflowId: id, taskQueue: 'darkroom', args: [request] });
      return id;
    },
    remember: (id) => void ids.add(id),
    async startWorker() {
      const stop = await runInProcess(config, access, options.ports?.(config));
      stops.push(stop);
      return stop;
    },
    ledger: () => readLedger(sandbox.url),
    untilState: (id, state) =>
      until(`${id} is ${state}`, async () => {
        const status = await rig.darkroom.status(id).catch(() => null);
        return status?.state === state ? status : null;
      }),
    async close() {
      try {
        await endOpenTrainings(client, ids);
        for (const stop of stops) await stop();
        await replayAll(access, ids);
      } finally {
        await connection.close();
        if (like === undefined) {
          await sandbox.close();
          rmSync(home, { recursive: true, force: true });
        }
      }
    },
  };
  return rig;
}

function environment(
  home: string,
  sandbox: Sandbox,
  { connectionOptions, namespace }: TemporalAccess,
): Record<string, string> {
  return {
    DARKROOM_HOME: home,
    TEMPORAL_ADDRESS: connectionOptions.address ?? '',
    TEMPORAL_NAMESPACE: namespace,
    APIFRAME_BASE_URL: sandbox.url,
    APIFRAME_API_KEY: KEY,
    TRYITON_BASE_URL: `${sandbox.url}/tryiton`,
    TRYITON_API_KEY: KEY,
    ...shapeVariables(SANDBOX_TRYITON_SHAPE),
    // One watcher would watch the trainings of all tests of the namespace; those about it have an account of their own.
    DARKROOM_WATCH: 'off',
    DARKROOM_POLL_FIRST: '50ms',
    DARKROOM_POLL_MAX: '200ms',
    ...ANY_PICTURE,
    DARKROOM_PHOTO_PROCESSES: '1',
  };
}

async function runInProcess(
  config: Config,
  access: TemporalAccess,
  given: Partial<ActivityPorts> = {},
): Promise<() => Promise<void>> {
  quietSdk();
  const connection = await NativeConnection.connect(access.connectionOptions);
  const ports = { ...portsFrom(config), photoPool: sharedPhotoPool(config), ...given };
  const setup = { access, config: config.worker, ports, bundlePath: BUNDLE_PATH };
  const worker = await createWorker(setup, connection);
  const running = worker.run();
  let stopped: Promise<void> | null = null;
  return () =>
    (stopped ??= (async () => {
      worker.shutdown();
      await running;
      await connection.close();
    })());
}

/** What a test leaves open would be picked up by the worker of the next one. */
async function endOpenTrainings(client: Client, ids: ReadonlySet<string>): Promise<void> {
  for (const id of ids) await endIfRunning(client.workflow.getHandle(id));
}
