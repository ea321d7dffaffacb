import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver, type Darkroom, type TrainStatus } from '../../client';
import { shapeVariables } from '../../config/tryiton-settings';
import { startSandbox } from '../../sandbox/server';
import { SANDBOX_TRYITON_SHAPE } from '../../sandbox/tryiton/shape';
import { filesystemStorage } from '../../storage/filesystem';
import { submissionJournal } from '../../submissions/journal';
import { ANY_PICTURE, smallPhotos, writePhotos } from '../small-photos';
import { startServer } from '../start-server';
import { startWebhookGateway } from '../webhook-gateway';
import { killed, startWorkerProcess } from '../worker-process';
import { askedFor, type Asked } from './asked';
import { booksOf, readLedger } from './books';
import { disturb, type Disturbances } from './disturb';
import { judge } from './judge';
import { judgeLedger } from './judge-ledger';
import { LIMITS, untilAllHaveLeft } from './limits';
import { settleAll } from './operator';
import { weather } from './provider-weather';
import { randomOf, type Random } from './random';

const WORKERS = 2;
const KEY = 'chaos';

export interface RoundResult extends Disturbances {
  requests: number;
  charges: number;
  succeeded: number;
  adopted: number;
  asked: number;
  retries: number;
  /** Credits on the ledger of the accounts, and those of uploads that only the provider knows of. */
  charged: number;
  lostUploads: number;
  broken: string[];
}

/** One seed: many trainings at once, while the provider, the workers and the server misbehave; then the books are compared. */
export async function round(
  seed: number,
  { trainings, forMs, folder }: { trainings: number; forMs: number; folder: string },
): Promise<RoundResult> {
  const random = randomOf(seed);
  const say = () => undefined;
  writeFileSync(path.join(folder, 'accounts.yaml'), LIMITS);
  let server = await startServer(folder, say);
  const port = Number(server.address.split(':')[1]);
  const sandbox = await startSandbox({
    apiKey: KEY,
    credits: 1_000_000_000,
    pace: { uploadMs: 200, trainMs: 3000, uploadTtlMs: 3_600_000 },
    profile: { faults: [], random: weather(seed) },
  });
  const connection = await Connection.connect({ address: server.address });
  const darkroom = darkroomOver(new Client({ connection }));
  const gateway = await startWebhookGateway(server.address);
  const env = workerEnvironment({
    address: server.address,
    sandboxUrl: sandbox.url,
    webhooks: gateway.env,
  });
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => startWorkerProcess(folder, env)));
  try {
    const models = await buyModels(sandbox.url, trainings);
    const photos = writePhotos(path.join(folder, 'photos'), 'small', await smallPhotos());
    const asked = askedFor(seed, trainings, { random, photos, models });
    const starting = startAll(darkroom, asked, random);
    const disturbances = await disturb(
      {
        async killWorker(which) {
          const worker = workers[which];
          if (worker !== undefined) await killed(worker);
          workers[which] = await startWorkerProcess(folder, env);
        },
        async restartServer() {
          await server.kill();
          server = await startServer(folder, say, port);
        },
      },
      { random, workers: WORKERS, forMs },
    );
    await starting;
    await fetch(`${sandbox.url}/sandbox/faults`, { method: 'DELETE' });

    const ends = await settleAll(darkroom, asked, { sandboxUrl: sandbox.url, random });
    const provider = await readLedger(sandbox.url);
    const books = booksOf(provider);
    const lines = await untilAllHaveLeft(darkroom, filesystemStorage(path.join(folder, 'store')));
    const compared = judgeLedger({ lines, ends: apiframeOnly(ends, asked), provider });
    const journal = submissionJournal(filesystemStorage(path.join(folder, 'store')));
    const broken = await Promise.all(
      asked.map((one) => judge(one, ends.get(one.id), { charges: books(one), journal })),
    );
    const statuses = [...ends.values()];
    return {
      ...disturbances,
      requests: asked.length,
      charges: asked.flatMap(books).length,
      succeeded: statuses.filter(({ state }) => state === 'succeeded').length,
      adopted: statuses.filter(({ lookUps, charge }) => lookUps > 0 && charge === 'charged').length,
      asked: asked.filter(({ wasAsked }) => wasAsked).length,
      retries: asked.reduce((sum, { retries }) => sum + retries, 0),
      charged: compared.charged,
      lostUploads: compared.lostUploads,
      broken: [...broken.flat(), ...compared.broken],
    };
  } finally {
    await Promise.all(workers.map(killed));
    await gateway.close();
    await connection.close();
    await sandbox.close();
    await server.stop();
  }
}

function workerEnvironment(to: { address: string; sandboxUrl: string; webhooks: Record<string, string> }) {
  return {
    ...ANY_PICTURE,
    TEMPORAL_ADDRESS: to.address,
    APIFRAME_BASE_URL: to.sandboxUrl,
    APIFRAME_API_KEY: KEY,
    TRYITON_BASE_URL: `${to.sandboxUrl}/tryiton`,
    TRYITON_API_KEY: KEY,
    ...shapeVariables(SANDBOX_TRYITON_SHAPE),
    ...to.webhooks,
    DARKROOM_POLL_FIRST: '500ms',
    DARKROOM_POLL_MAX: '2s',
    DARKROOM_SUBMIT_TIMEOUT: '2s',
    DARKROOM_LOOK_UP_FIRST: '1s',
    DARKROOM_LOOK_UP_WINDOW: '6s',
  };
}

/** TryItOn's models are bought beforehand, and cost nothing here. */
function apiframeOnly(
  ends: ReadonlyMap<string, TrainStatus>,
  asked: readonly Asked[],
): Map<string, TrainStatus> {
  const ids = new Set(asked.filter(({ request }) => request.provider === 'apiframe').map(({ id }) => id));
  return new Map([...ends].filter(([id]) => ids.has(id)));
}

/** A server that is just being restarted is asked again, as any caller would: the id makes that harmless. */
async function startAll(darkroom: Darkroom, asked: readonly Asked[], random: Random): Promise<void> {
  for (const one of asked) {
    await persistently(() => darkroom.train(one.request, { id: one.id }));
    if (one.isCanceled) {
      await delay(random.between(0, 2000));
      await persistently(() => darkroom.cancel(one.id));
    }
  }
}

async function persistently(call: () => Promise<unknown>): Promise<void> {
  for (;;) {
    const isDone = await call().then(
      () => true,
      () => false,
    );
    if (isDone) return;
    await delay(300);
  }
}

async function buyModels(sandboxUrl: string, count: number): Promise<string[]> {
  const answer = await fetch(`${sandboxUrl}/sandbox/models`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ count }),
  });
  return ((await answer.json()) as { ids: string[] }).ids;
}
