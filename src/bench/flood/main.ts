import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { residentMegabytes } from '../process-usage';
import { startServer } from '../start-server';
import { killed } from '../worker-process';
import { deliveryOf } from './deliveries';
import { startGatewayProcess } from '../gateway-process';
import { startKnownTrainings } from './known-trainings';

const SECRET = 'a-secret-of-the-benchmark-that-protects-nothing';
const PER_SECOND = 1000;
const SECONDS = 20;
/** Timers are no better than this. */
const TICK_MS = 20;
/** Beyond the memory that it has anyhow. */
const MOST_MEGABYTES_MORE = 80;
/** Heard, gone, or refused; 503 is an honest answer where Temporal is slower than the flood. */
const HONEST = [200, 404, 410, 429, 503];
/** Of the training that a third of the flood is for, which lasts less than the minute that the limit of deliveries is for. */
const MOST_SIGNALS = 20;

/** A gateway in a process of its own under a thousand deliveries a second: is each answered, and does its memory stay? */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'darkroom-flood-'));
  const server = await startServer(folder, () => undefined);
  const known = await startKnownTrainings(server.address);
  const { child, url } = await startGatewayProcess(server.address, { DARKROOM_WEBHOOK_SECRETS: SECRET });
  const pool = new Pool(url, { connections: 50 });
  const megabytes = () => residentMegabytes(child.pid ?? 0);
  const statuses: Record<number, number> = {};
  let sent = 0;
  const post = async (): Promise<void> => {
    const { path: address, secret } = deliveryOf((sent += 1), SECRET);
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: address,
      headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
      body: JSON.stringify({ task_id: 'task', status: 'processing', percentage: '40' }),
    });
    await body.dump();
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  };
  try {
    await Promise.all(Array.from({ length: 200 }, post)); // warm, so that what is measured is what a flood adds
    const before = megabytes();
    let most = before;
    const flood: Promise<void>[] = [];
    const startedMs = Date.now();
    for (let elapsedMs = 0; elapsedMs < SECONDS * 1000; elapsedMs = Date.now() - startedMs) {
      while (sent < 200 + (elapsedMs * PER_SECOND) / 1000) flood.push(post());
      most = Math.max(most, megabytes());
      await delay(TICK_MS);
    }
    await Promise.all(flood);
    const seconds = (Date.now() - startedMs) / 1000;
    const signals = await known.signalsOf('known-0');
    process.stdout.write(
      `${sent} deliveries in ${seconds.toFixed(1)} s: ${JSON.stringify(statuses)}; ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most; ${signals} signals for the training of a third of them\n`,
    );
    const isAnswered = Object.keys(statuses).every((status) => HONEST.includes(Number(status)));
    const isHeard = (statuses[200] ?? 0) > 0 && signals >= 1 && signals <= MOST_SIGNALS;
    const isFlood = sent >= SECONDS * PER_SECOND * 0.9;
    if (!isAnswered || !isHeard || !isFlood || most - before > MOST_MEGABYTES_MORE) {
      process.stdout.write(
        `expected ${HONEST.join(', ')} only, 1 to ${MOST_SIGNALS} signals, and at most ${MOST_MEGABYTES_MORE} MB more\n`,
      );
      process.exitCode = 1;
    }
  } finally {
    await pool.destroy();
    await killed(child);
    await known.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
