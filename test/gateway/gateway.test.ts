import type { Gateway, GatewayOptions } from '../../src/gateway/server';
import { accessTo } from '../../src/temporal-connection';
import { freePort } from '../../src/temporal-server';
import { startDeliveriesOnly } from '../support/deliveries-only';
import { addFault, clearFaults } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { testAccess } from '../support/test-server';
import { until } from '../support/until';
import { deliver, SECRET } from './deliver';

const FINISHED = { task_id: 'task', status: 'finished', percentage: 100 };

describe('deliveries of a provider', () => {
  let rig: Rig;
  let gateway: Gateway;
  const log: Record<string, unknown>[] = [];
  const open = (changes: Partial<GatewayOptions> = {}) =>
    startDeliveriesOnly({
      access: testAccess(),
      log: (message, facts) => void log.push({ message, ...facts }),
      ...changes,
    });
  /** Runs until it waits, and for so long that no end of its own comes. */
  const waiting = async () => {
    const id = await rig.train(await rig.request());
    await until(`${id} waits`, async () => {
      const { state } = await rig.darkroom.status(id).catch(() => ({ state: null }));
      return state === 'training' || state === 'reconciling' ? true : null;
    });
    return id;
  };
  const signalsOf = async (id: string) =>
    (await rig.client.workflow.getHandle(id).fetchHistory()).events?.filter(
      (event) => event.workflowExecutionSignaledEventAttributes,
    ).length ?? 0;

  beforeAll(async () => {
    gateway = await open();
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 1000, uploadTtlMs: 3_600_000 } },
      // Nothing but deliveries can notice anything: own looks are ten minutes apart.
      env: {
        DARKROOM_PUBLIC_URL: gateway.url,
        DARKROOM_WEBHOOK_SECRETS: SECRET,
        DARKROOM_POLL_FIRST: '10m',
        DARKROOM_POLL_MAX: '10m',
        DARKROOM_LOOK_UP_FIRST: '10m',
      },
    });
    await rig.startWorker();
  });
  afterEach(() => clearFaults(rig.sandbox.url));
  afterAll(async () => {
    await rig.close();
    await gateway.close();
  });

  it('bring a training to its end by themselves: doubled, late, with forged ones between them', async () => {
    for (const kind of ['doubled', 'forged', 'late'] as const)
      await addFault(rig.sandbox.url, {
        endpoint: 'webhook',
        kind,
        ...(kind === 'late' && { delayMs: 200 }),
      });
    const id = await waiting();
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    const [submission] = (await rig.ledger()).submissions;
    const endedAt = Date.parse((await rig.darkroom.status(id)).lastAnswerAt ?? '');
    expect(endedAt - (submission?.finishedAtMs ?? 0)).toBeLessThan(2000);
  });

  it('may come before the answer to the submission', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'webhook-first' });
    expect(await rig.darkroom.result(await waiting())).toMatchObject({ state: 'succeeded' });
  });

  it('prove that a submission without an answer has started', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const before = (await rig.ledger()).submissions.length;
    const result = await rig.darkroom.result(await waiting());
    expect(result).toMatchObject({ state: 'succeeded', charge: 'charged' });
    expect((await rig.ledger()).submissions).toHaveLength(before + 1);
  });

  it('that say "finished" too early end nothing', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'webhook', kind: 'lost', times: 100 });
    const id = await waiting();
    const answer = await deliver(gateway.url, { id, attempt: 1 }, { body: FINISHED });
    expect(answer.status).toBe(200);
    await until('it has looked', async () => ((await rig.darkroom.status(id)).polls > 0 ? true : null));
    expect(await rig.darkroom.status(id)).toMatchObject({ state: 'training' });
    await until('it has ended at the provider', async () =>
      ((await rig.ledger()).submissions.at(-1)?.finishedAtMs ?? Infinity) < Date.now() ? true : null,
    );
    await rig.darkroom.nudge(id);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    // A repetition needs no signal; another end does, and nobody waits for it any more.
    expect((await deliver(gateway.url, { id, attempt: 1 }, { body: FINISHED })).status).toBe(200);
    const failed = { ...FINISHED, status: 'failed' };
    expect((await deliver(gateway.url, { id, attempt: 1 }, { body: failed })).status).toBe(410);
    await withGateway(await open(), async ({ url }) => {
      // One that has not heard of it yet is told by Temporal that nobody waits any more.
      expect((await deliver(url, { id, attempt: 1 }, { body: FINISHED })).status).toBe(410);
      expect((await deliver(url, { id: 'no-such-training', attempt: 1 })).status).toBe(410);
    });
  });

  it('prove an attempt of a training with the longest id that is taken', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request(), `long-${String(Date.now())}-${'x'.repeat(180)}`);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded', charge: 'charged' });
  });

  it('are refused where the address or the secret is not ours, and Temporal hears nothing', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'webhook', kind: 'lost', times: 100 });
    const id = await waiting();
    const before = await signalsOf(id);
    const at = { id, attempt: 1 };
    const statuses = await Promise.all(
      [
        deliver(gateway.url, at, { signedBy: 'x'.repeat(32) }),
        deliver(gateway.url, at, { token: 'guess.guess' }),
        deliver(gateway.url, at, { provider: 'tryiton' }),
        deliver(gateway.url, at, { secret: 'guess' }),
        deliver(gateway.url, at, { secret: '' }),
        deliver(gateway.url, at, { body: 'x'.repeat(100_000) }),
        fetch(`${gateway.url}/webhooks/apiframe`, { method: 'POST' }),
        fetch(`${gateway.url}/`, { method: 'GET' }),
      ].map(async (answer) => (await answer).status),
    );
    expect(statuses).toEqual([404, 404, 404, 401, 401, 413, 404, 404]);
    expect(await signalsOf(id)).toBe(before);
    expect(JSON.stringify(log)).not.toContain('guess');
    // Nor does anybody without the secret use up the share of those who have it.
    await Promise.all(Array.from({ length: 150 }, () => deliver(gateway.url, at, { secret: 'guess' })));
    expect((await deliver(gateway.url, at)).status).toBe(200);
    // The secret of one attempt is not that of another.
    const other = await deliver(gateway.url, { id, attempt: 2 }, { secret: 'guess' });
    expect([401, 429]).toContain(other.status);
  });

  it('by the hundred for one training are a few signals, and the rest of the minute is refused', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'webhook', kind: 'lost', times: 100 });
    const id = await waiting();
    const before = await signalsOf(id);
    const flood = await Promise.all(
      Array.from({ length: 300 }, (_, n) =>
        deliver(
          gateway.url,
          { id, attempt: 1 },
          { body: n % 2 === 0 ? FINISHED : { status: 'processing', percentage: n / 3 } },
        ),
      ),
    );
    const statuses = flood.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(120);
    expect(statuses.filter((status) => status === 429)).toHaveLength(180);
    expect((await signalsOf(id)) - before).toBeLessThanOrEqual(3);
  });

  it('go to any of two gateways, after a restart, and with the secret that was replaced since', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'webhook', kind: 'lost', times: 100 });
    const at = { id: await waiting(), attempt: 1 };
    const next = 'n'.repeat(32);
    await withGateway(await open({ secrets: [next, SECRET] }), async (second) => {
      expect((await deliver(second.url, at)).status).toBe(200);
      expect((await deliver(gateway.url, at)).status).toBe(200);
      expect((await deliver(second.url, at, { signedBy: next })).status).toBe(200);
    });
    await withGateway(await open({ secrets: [next] }), async (third) => {
      expect((await deliver(third.url, at)).status).toBe(404);
    });
  });
});

describe('a gateway without Temporal', () => {
  it('asks the provider to send it again, and says so of itself', async () => {
    const access = accessTo(`127.0.0.1:${String(await freePort())}`);
    const gateway = await startDeliveriesOnly({ access });
    await withGateway(gateway, async ({ url }) => {
      const startedMs = Date.now();
      const answer = await deliver(url, { id: 'order-1', attempt: 1 });
      expect(answer.status).toBe(503);
      expect(answer.headers.get('retry-after')).toBe('5');
      expect(Date.now() - startedMs).toBeLessThan(5500);
      expect((await fetch(`${url}/health`)).status).toBe(503);
    });
  });

  it('is well where Temporal is', async () => {
    const gateway = await startDeliveriesOnly({ access: testAccess() });
    await withGateway(gateway, async ({ url }) => {
      const answer = await fetch(`${url}/health`);
      expect({ status: answer.status, body: (await answer.json()) as unknown }).toEqual({
        status: 200,
        body: { temporal: 'reachable' },
      });
    });
  });
});

async function withGateway(gateway: Gateway, use: (gateway: Gateway) => Promise<void>): Promise<void> {
  try {
    await use(gateway);
  } finally {
    await gateway.close();
  }
}
