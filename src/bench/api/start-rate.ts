import type { Client } from '@temporalio/client';
import { Pool } from 'undici';
import { TRAINING_TASK_QUEUE, TRAIN_PERSON_WORKFLOW } from '../../contract/names';
import type { TrainRequest } from '../../contract/request';
import { figure, type Figure } from '../figures';
import { percentile } from '../percentile';

const ROUNDS = 4;
const A_ROUND = 150;
/** As many callers as keep both cores busy. */
const AT_ONCE = 16;

/**
 * How fast trainings are started by HTTP, beside a bare `client.workflow.start` of the same requests. They take turns, so that whatever
 * the machine does meanwhile is shared. The worker has all of them to end: their photos are not there.
 */
export async function startFigures(client: Client, gatewayUrl: string): Promise<Figure[]> {
  const pool = new Pool(gatewayUrl, { connections: AT_ONCE });
  const post = async (id: string): Promise<void> => {
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: '/v1/trainings',
      headers: { 'content-type': 'application/json', 'idempotency-key': id },
      body: JSON.stringify(requestOf(id)),
    });
    await body.dump();
    if (statusCode !== 201) throw new Error(`a start was answered with ${statusCode}`);
  };
  const bare = async (id: string): Promise<void> => {
    const taskQueue = TRAINING_TASK_QUEUE;
    await client.workflow.start(TRAIN_PERSON_WORKFLOW, { workflowId: id, taskQueue, args: [requestOf(id)] });
  };
  try {
    await timed('warm', 40, post);
    await timed('warm-bare', 40, bare);
    const latenciesMs: number[] = [];
    const spentMs = { http: 0, bare: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      spentMs.bare += (await timed(`bare-${round}`, A_ROUND, bare)).spentMs;
      const http = await timed(`http-${round}`, A_ROUND, post);
      spentMs.http += http.spentMs;
      latenciesMs.push(...http.latenciesMs);
    }
    const perSecond = (ms: number) => (ROUNDS * A_ROUND * 1000) / ms;
    return [
      figure('POST /v1/trainings, 16 callers: p50', percentile(latenciesMs, 0.5), 'ms'),
      figure('POST /v1/trainings, 16 callers: p99', percentile(latenciesMs, 0.99), 'ms'),
      figure(
        'a start by HTTP takes this much longer than a bare one',
        spentMs.http / spentMs.bare,
        '×',
        1.42,
      ),
      figure('starts a second by HTTP, the worker running', perSecond(spentMs.http), '/s'),
      figure('starts a second by a bare client, the worker running', perSecond(spentMs.bare), '/s'),
    ];
  } finally {
    await pool.destroy();
  }
}

async function timed(
  name: string,
  count: number,
  start: (id: string) => Promise<void>,
): Promise<{ spentMs: number; latenciesMs: number[] }> {
  const latenciesMs: number[] = [];
  const startedMs = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < count) {
      const id = `${name}-${(next += 1)}`;
      const beganMs = performance.now();
      await start(id);
      latenciesMs.push(performance.now() - beganMs);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return { spentMs: performance.now() - startedMs, latenciesMs };
}

function requestOf(id: string): TrainRequest {
  const photos = Array.from({ length: 12 }, (_, number) => `file:${id}/${number}.jpg`);
  const options = { gender: 'female', ethnicity: 'white' } as const;
  return { subject: 's-1', provider: 'apiframe', photos, options };
}
