import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { attemptToken, deliverySecret } from '../../src/webhooks/attempt-address';
import { spawnGateway } from '../support/gateway-process';
import { SECRET } from './deliver';

const PER_SECOND = 1000;
const SECONDS = 20;
/** A tick of the flood: timers are no better than this. */
const TICK_MS = 20;

/** A third each: of as many trainings as it can remember, of one training, and forged. */
function delivery(number: number): { path: string; secret: string } {
  if (number % 3 === 2) return { path: `/webhooks/apiframe/guess${String(number)}.guess`, secret: 'guess' };
  const id = number % 3 === 1 ? 'one-training' : `training-${String(number)}`;
  const token = attemptToken({ provider: 'apiframe', id, attempt: 1 }, SECRET);
  return { path: `/webhooks/apiframe/${token}`, secret: deliverySecret(token, SECRET) };
}

test('a thousand deliveries a second for 20 s are all answered, and fill no memory', async () => {
  const gateway = await spawnGateway(SECRET);
  const pool = new Pool(gateway.url, { connections: 50 });
  const statuses: Record<number, number> = {};
  let sent = 0;
  let most = 0;
  const post = async (): Promise<void> => {
    const { path, secret } = delivery((sent += 1));
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path,
      headers: { 'content-type': 'application/json', 'x-webhook-secret': secret },
      body: JSON.stringify({ task_id: 'task', status: 'processing', percentage: '40' }),
    });
    await body.dump();
    statuses[statusCode] = (statuses[statusCode] ?? 0) + 1;
  };
  try {
    await Promise.all(Array.from({ length: 200 }, post)); // warm, so that what is measured is what a flood adds
    const before = gateway.megabytes();
    const flood: Promise<void>[] = [];
    const startedMs = Date.now();
    while (Date.now() - startedMs < SECONDS * 1000) {
      const due = Math.min(((Date.now() - startedMs) * PER_SECOND) / 1000 + 200, SECONDS * PER_SECOND);
      while (sent < due) flood.push(post());
      most = Math.max(most, gateway.megabytes());
      await delay(TICK_MS);
    }
    await Promise.all(flood);
    process.stdout.write(
      `  a flood: ${String(sent)} deliveries in ${String((Date.now() - startedMs) / 1000)} s, ${JSON.stringify(statuses)}, ${before.toFixed(0)} MB before, ${most.toFixed(0)} MB at most\n`,
    );
    expect(sent).toBeGreaterThan(SECONDS * PER_SECOND * 0.9);
    // Gone, or refused: nothing hangs, nothing fails. 503 is an honest answer where Temporal is slower than the flood.
    expect(
      Object.keys(statuses)
        .map(Number)
        .filter((status) => ![404, 410, 429, 503].includes(status)),
    ).toEqual([]);
    expect(most - before).toBeLessThan(80);
  } finally {
    await pool.destroy();
    await gateway.stop();
  }
});
