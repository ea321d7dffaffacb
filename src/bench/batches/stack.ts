import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ChildProcess } from 'node:child_process';
import { Client, Connection } from '@temporalio/client';
import { keepManifest } from '../../batches/keep-manifest';
import { darkroomOver, type Darkroom } from '../../client';
import { readConfig } from '../../config';
import type { TrainRequest } from '../../contract/request';
import { startSandbox, type Sandbox } from '../../sandbox/server';
import { filesystemStorage } from '../../storage/filesystem';
import type { Storage } from '../../storage/port';
import { ANY_PICTURE, smallPhotos, writePhotos } from '../small-photos';
import { startServer } from '../start-server';
import { startWebhookGateway } from '../webhook-gateway';
import { killed, startWorkerProcess } from '../worker-process';

/** Temporal with a database file, a sandbox, a worker that can be killed, and an account with so many slots. */
export interface BatchStack {
  readonly client: Client;
  readonly darkroom: Darkroom;
  readonly sandbox: Sandbox;
  readonly storage: Storage;
  workerPid(): number;
  serverPid(): number;
  requests(count: number): Promise<TrainRequest[]>;
  /** Starts a batch of these and gives its id. */
  startBatch(requests: readonly TrainRequest[], inFlight: number): Promise<string>;
  killWorker(): Promise<void>;
  killServer(): Promise<void>;
  stop(): Promise<void>;
}

const KEY = 'bench';

export async function startBatchStack(
  folder: string,
  { slots, trainMs, say }: { slots: number; trainMs: number; say: (line: string) => void },
): Promise<BatchStack> {
  writeFileSync(
    path.join(folder, 'accounts.yaml'),
    `accounts: [{ provider: apiframe, slots: ${slots}, creditsPerDay: 100000000 }]\n`,
  );
  let server = await startServer(folder, say);
  const port = Number(server.address.split(':')[1]);
  const sandbox = await startSandbox({
    apiKey: KEY,
    credits: 1_000_000_000,
    pace: { uploadMs: 100, trainMs, uploadTtlMs: 3_600_000 },
  });
  const gateway = await startWebhookGateway(server.address);
  const env = {
    ...ANY_PICTURE,
    ...gateway.env,
    // What nobody answered is looked up for 10 s, instead of an hour.
    DARKROOM_LOOK_UP_FIRST: '1s',
    DARKROOM_LOOK_UP_WINDOW: '10s',
    APIFRAME_API_KEY: KEY,
    TEMPORAL_ADDRESS: server.address,
    APIFRAME_BASE_URL: sandbox.url,
  };
  let worker: ChildProcess = await startWorkerProcess(folder, env);
  const connection = await Connection.connect({ address: server.address });
  const client = new Client({ connection });
  const darkroom = darkroomOver(client);
  const { photosDir, storeDir } = readConfig({ DARKROOM_HOME: folder });
  const storage = filesystemStorage(storeDir);
  let number = 0;
  return {
    client,
    darkroom,
    sandbox,
    storage,
    workerPid: () => worker.pid ?? 0,
    serverPid: () => server.pid,
    async requests(count) {
      const photos = writePhotos(photosDir, 'small', await smallPhotos());
      return Array.from({ length: count }, () => {
        number += 1;
        const subject = `s-${number}`;
        // The sandbox's ledger has it, and tells by it whose charge is whose.
        const options = { gender: 'female', ethnicity: 'white', triggerWord: subject } as const;
        return { subject, provider: 'apiframe', options, photos, generation: number };
      });
    },
    async startBatch(requests, inFlight) {
      const { digest, ...order } = await keepManifest(requests, storage);
      const id = `batch-${digest.slice(0, 12)}`;
      await darkroom.startBatch(id, { ...order, inFlight });
      return id;
    },
    async killWorker() {
      await killed(worker);
      worker = await startWorkerProcess(folder, env);
    },
    async killServer() {
      await server.kill();
      server = await startServer(folder, say, port);
    },
    async stop() {
      await killed(worker);
      await gateway.close();
      await connection.close();
      await sandbox.close();
      await server.stop();
    },
  };
}
