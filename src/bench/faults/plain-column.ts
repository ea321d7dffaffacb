import { Client, Connection } from '@temporalio/client';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startSandbox } from '../../sandbox/server';
import { killed, ready, spawnNode } from '../worker-process';
import { chargesOf } from './charges';
import { PLAIN_KEY } from './plain-activities';
import { ROWS, type Cell, type FaultRow } from './rows';

/** Its retries never end, so somebody must stop counting. */
export const WINDOW_MS = 30_000;

const PACE = { uploadMs: 100, trainMs: 1000, uploadTtlMs: 3_600_000 };

/** Temporal with its defaults: each row at a sandbox of its own, all at once, then the one whose worker is killed. */
export async function plainColumn(address: string): Promise<Map<string, Cell>> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  const startWorker = () =>
    ready(spawnNode([path.join(__dirname, 'plain-worker.js'), address], {}), 'Plain worker ready');
  let worker = await startWorker();
  const cells = new Map<string, Cell>();
  try {
    const rows = ROWS.filter(({ webhooks, tryiton }) => webhooks !== true && tryiton !== true);
    const calm = rows.filter(({ kill }) => kill !== true);
    await Promise.all(
      calm.map(async (row) => cells.set(row.what, await oneRow(client, row, () => Promise.resolve()))),
    );
    for (const row of rows.filter(({ kill }) => kill === true)) {
      const restart = async () => {
        await killed(worker);
        worker = await startWorker();
      };
      cells.set(row.what, await oneRow(client, row, restart));
    }
    return cells;
  } finally {
    await killed(worker);
    await connection.close();
  }
}

async function oneRow(client: Client, row: FaultRow, restart: () => Promise<void>): Promise<Cell> {
  const sandbox = await startSandbox({ apiKey: PLAIN_KEY, pace: PACE, faults: row.faults });
  try {
    const workflowId = `plain ${row.what}`;
    const handle = await client.workflow.start('plainTrain', {
      workflowId,
      taskQueue: 'plain',
      args: [sandbox.url],
    });
    if (row.kill === true) {
      while ((await chargesOf(sandbox.url)) === 0) await delay(100);
      await restart();
    }
    const end = await Promise.race([
      handle.result().then(() => 'trained'),
      delay(WINDOW_MS, 'still trying', { ref: false }),
    ]);
    if (end !== 'trained') await handle.terminate('counted');
    return { charges: await chargesOf(sandbox.url), end };
  } finally {
    await sandbox.close();
  }
}
