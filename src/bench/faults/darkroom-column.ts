import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { darkroomOver, type Darkroom, type TrainRequest } from '../../client';
import { shapeVariables } from '../../config/tryiton-settings';
import { isEndState } from '../../contract/state';
import { startSandbox } from '../../sandbox/server';
import { SANDBOX_TRYITON_SHAPE } from '../../sandbox/tryiton/shape';
import { ANY_PICTURE, smallPhotos, writePhotos } from '../small-photos';
import { startWebhookGateway } from '../webhook-gateway';
import { killed, startWorkerProcess } from '../worker-process';
import { chargesOf } from './charges';
import { ROWS, type Cell, type FaultRow } from './rows';

const KEY = 'darkroom';
const PACE = { uploadMs: 100, trainMs: 1000, uploadTtlMs: 3_600_000 };

/** Darkroom, one row after the other, each at a sandbox and in a store of its own. */
export async function darkroomColumn(address: string, folder: string): Promise<Map<string, Cell>> {
  const connection = await Connection.connect({ address });
  const darkroom = darkroomOver(new Client({ connection }));
  const cells = new Map<string, Cell>();
  try {
    for (const [number, row] of ROWS.entries())
      cells.set(row.what, await oneRow(row, { darkroom, address, home: path.join(folder, `row-${number}`) }));
    return cells;
  } finally {
    await connection.close();
  }
}

async function oneRow(
  row: FaultRow,
  { darkroom, address, home }: { darkroom: Darkroom; address: string; home: string },
): Promise<Cell> {
  const sandbox = await startSandbox({ apiKey: KEY, pace: PACE, faults: row.faults });
  const gateway = row.webhooks === true ? await startWebhookGateway(address) : null;
  const env = {
    TEMPORAL_ADDRESS: address,
    APIFRAME_BASE_URL: sandbox.url,
    APIFRAME_API_KEY: KEY,
    TRYITON_BASE_URL: `${sandbox.url}/tryiton`,
    TRYITON_API_KEY: KEY,
    ...shapeVariables(SANDBOX_TRYITON_SHAPE),
    DARKROOM_POLL_FIRST: '500ms',
    DARKROOM_POLL_MAX: '1s',
    DARKROOM_SUBMIT_TIMEOUT: '4s',
    DARKROOM_LOOK_UP_FIRST: '1s',
    DARKROOM_LOOK_UP_WINDOW: '5s',
    ...ANY_PICTURE,
    ...gateway?.env,
  };
  let worker: ChildProcess = await startWorkerProcess(home, env);
  try {
    const id = `darkroom ${row.what}`.replace(/[^a-z0-9]+/gi, '-');
    const photos = writePhotos(path.join(home, 'photos'), 'small', await smallPhotos());
    await darkroom.train(requestFor(row, photos), { id });
    if (row.kill === true) {
      while ((await chargesOf(sandbox.url)) === 0) await delay(100);
      await killed(worker);
      worker = await startWorkerProcess(home, env);
    }
    const end = await settled(darkroom, id);
    if (end === ASKED) await darkroom.cancel(id);
    return { charges: await chargesOf(sandbox.url), end };
  } finally {
    await killed(worker);
    await gateway?.close();
    await sandbox.close();
  }
}

const ASKED = 'asks a person';

async function settled(darkroom: Darkroom, id: string): Promise<string> {
  for (;;) {
    const status = await darkroom.status(id).catch(() => null);
    if (status?.state === 'needs-decision') return ASKED;
    if (status !== null && isEndState(status.state))
      return status.state === 'succeeded' ? 'trained' : status.state;
    await delay(200);
  }
}

function requestFor({ tryiton }: FaultRow, photos: string[]): TrainRequest {
  return tryiton === true
    ? {
        subject: 's-1',
        photos,
        provider: 'tryiton',
        options: { modelId: '101', body: 'man', styles: ['studio'] },
      }
    : { subject: 's-1', photos, provider: 'apiframe', options: { gender: 'male', ethnicity: 'white' } };
}
