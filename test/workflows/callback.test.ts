import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { verifyCallback } from '../../src/callbacks';
import { INTERNET } from '../../src/net/network';
import { addFault } from '../support/ledger';
import {
  CALLBACK_SECRET as SECRET,
  receiveCallbacks,
  type CallbackReceiver,
  type ReceivedPost,
} from '../support/callback-receiver';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const SLOW = { uploadMs: 50, trainMs: 600_000, uploadTtlMs: 3_600_000 };

describe('a training whose caller wants to be told', () => {
  let rig: Rig;
  let receiver: CallbackReceiver;
  beforeEach(async () => {
    receiver = await receiveCallbacks();
  });
  afterEach(async () => {
    receiver.close();
    await rig.close();
  });

  const start = async (options: Parameters<typeof createRig>[0] = {}) => {
    const env = { DARKROOM_CALLBACK_SECRETS: SECRET, DARKROOM_CALLBACK_ORIGINS: receiver.origin };
    rig = await createRig({ ...options, env: { ...env, ...options.env } });
    await rig.startWorker();
  };
  const train = async (url = `${receiver.origin}/hook?order=1`) =>
    rig.train({ ...(await rig.request()), callback: { url } });
  const post = (number: number): Promise<ReceivedPost> =>
    until(`post ${String(number)} has come`, () => receiver.posts[number - 1] ?? null);
  const childOf = async (told: ReceivedPost) => {
    const handle = rig.client.workflow.getHandle(`callback-${String(told.headers['webhook-id'])}`);
    await handle.result();
    rig.remember(handle.workflowId);
    return handle.describe();
  };

  const childIdOf = async (id: string, state: string) => {
    const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    return `callback-${String(started?.firstExecutionRunId)}-1-${state}`;
  };

  it('hears of its success, signed, with the whole result', async () => {
    await start();
    const id = await train();
    const told = await post(1);
    expect(told.path).toBe('/hook?order=1');
    expect(told.headers).toMatchObject({ 'content-type': 'application/json', 'user-agent': 'darkroom' });
    const { callback } = verifyCallback(told, SECRET);
    expect(callback).toMatchObject({ type: 'training.succeeded', data: { id, state: 'succeeded' } });
    expect(callback.data).toEqual(await rig.darkroom.result(id));
    expect((await childOf(told)).parentExecution?.workflowId).toBe(id);
  });

  it('hears again what was not taken, under the same id, and the training does not wait for it', async () => {
    await start();
    receiver.answerWith(500, 302);
    const id = await train();
    expect((await rig.darkroom.result(id)).state).toBe('succeeded');
    const firstMs = Date.now();
    const all = [await post(1), await post(2), await post(3)];
    // It asks for a second each time. A pause that doubles is not made shorter by that.
    expect(Date.now() - firstMs).toBeGreaterThan(2000 + 4000 - 1000);
    expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(all.map(({ body }) => body)).size).toBe(1);
    expect(all.map(({ path }) => path)).not.toContain('/elsewhere');
    await childOf(all[2] as ReceivedPost);
  });

  it('hears that a person has to decide, and of the end then', async () => {
    await start({ sandbox: { pace: SLOW } });
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'error-after' });
    const id = await train();
    const first = await post(1);
    expect(verifyCallback(first, SECRET).callback).toMatchObject({
      type: 'training.needs-decision',
      data: { id, state: 'needs-decision', charge: 'unknown' },
    });
    await rig.darkroom.cancel(id);
    const second = await post(2);
    expect(verifyCallback(second, SECRET).callback).toMatchObject({
      type: 'training.canceled',
      data: { id, charge: 'unknown' },
    });
    expect(second.headers['webhook-id']).not.toBe(first.headers['webhook-id']);
    await Promise.all([childOf(first), childOf(second)]);
  });

  it.each<[string, object, object]>([
    [
      'failed',
      { sandbox: { faults: [{ endpoint: 'train', kind: 'refuse', times: 9 }] } },
      { data: { state: 'failed' } },
    ],
    ['timed-out', { sandbox: { pace: SLOW } }, { data: { failure: { code: 'DeadlinePassed' } } }],
  ])('hears that it has %s', async (state, options, wanted) => {
    await start(options);
    const request = { ...(await rig.request()), deadlineMs: 4000 };
    await rig.train({ ...request, callback: { url: `${receiver.origin}/` } });
    const told = await post(1);
    expect(verifyCallback(told, SECRET).callback).toMatchObject({ type: `training.${state}`, ...wanted });
    await childOf(told);
  });

  it('hears of an end before anything was planned', async () => {
    await start({ env: { APIFRAME_API_KEY: '' } });
    const id = await train();
    await rig.darkroom.result(id);
    const told = await post(1);
    expect(verifyCallback(told, SECRET).callback).toMatchObject({
      type: 'training.failed',
      data: { id, failure: { code: 'ProviderNotConfigured' } },
    });
    await childOf(told);
  });

  it('hears of the other end that a Reset comes to, and not twice of the same', async () => {
    await start({ sandbox: { faults: [{ endpoint: 'upload', kind: 'refuse' }] } });
    const id = await train();
    expect((await rig.darkroom.result(id)).state).toBe('failed');
    const reset = async () => {
      const handle = rig.client.workflow.getHandle(id);
      const { runId } = await handle.describe();
      const { events } = await handle.fetchHistory();
      const first = events?.find((event) => event.workflowTaskCompletedEventAttributes)?.eventId;
      if (!first) throw new Error('no workflow task was completed');
      await rig.client.workflowService.resetWorkflowExecution({
        namespace: rig.access.namespace,
        workflowExecution: { workflowId: id, runId },
        reason: 'a test',
        requestId: `${id}-${runId}`,
        workflowTaskFinishEventId: first,
      });
      return rig.darkroom.result(id);
    };
    expect((await reset()).state).toBe('succeeded');
    const all = [await post(1), await post(2)];
    expect(all.map((one) => verifyCallback(one, SECRET).callback.type)).toEqual([
      'training.failed',
      'training.succeeded',
    ]);
    expect(new Set(all.map(({ headers }) => headers['webhook-id'])).size).toBe(2);
    for (const one of all) await childOf(one);
    expect((await reset()).state).toBe('succeeded');
    expect(receiver.posts).toHaveLength(2);
  });

  it('hears of the end once, also where the history was started over meanwhile', async () => {
    await start({
      sandbox: { pace: { ...SLOW, trainMs: 8000 } },
      env: { DARKROOM_POLL_FIRST: '50ms', DARKROOM_POLL_MAX: '50ms', DARKROOM_WATCH: 'off' },
    });
    const id = await train();
    expect((await rig.darkroom.result(id)).state).toBe('succeeded');
    const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
    expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();
    await childOf(await post(1));
    expect(receiver.posts.map((one) => verifyCallback(one, SECRET).callback.type)).toEqual([
      'training.succeeded',
    ]);
  });

  it('holds up nobody where several never answer', async () => {
    const silent = await Promise.all([1, 2, 3, 4].map(() => silentHost()));
    const origins = [receiver.origin, ...silent.map(({ origin }) => origin)].join(',');
    await start({ env: { DARKROOM_ACTIVITY_SLOTS: '6', DARKROOM_CALLBACK_ORIGINS: origins } });
    const ids = await Promise.all(silent.flatMap(({ origin }) => [1, 2, 3].map(() => train(`${origin}/`))));
    for (const id of ids) await rig.darkroom.result(id);
    const calls = () => silent.map(({ open }) => open());
    await until('as many are called as may be', () => (calls().reduce((a, b) => a + b) === 5 ? true : null));
    for (const ofOne of calls()) expect(ofOne).toBeLessThanOrEqual(2);
    // There is a slot for the paid call, for each look, and soon one for a host that answers.
    await rig.darkroom.result(await rig.train(await rig.request()));
    expect(calls().reduce((a, b) => a + b)).toBe(5);
    const told = train().then(() => post(1));
    for (const host of silent) host.close();
    await childOf(await told);
    for (const id of ids) rig.remember(await childIdOf(id, 'succeeded'));
  });

  it('is called no more once it says that it is gone', async () => {
    await start();
    receiver.answerWith(410);
    const id = await train();
    await rig.darkroom.result(id);
    const told = await post(1);
    await expect(childOf(told)).rejects.toMatchObject({
      cause: { cause: { type: 'CallbackFailed', message: expect.stringContaining('HTTP 410') as string } },
    });
    expect(receiver.posts).toHaveLength(1);
  });

  it.each([
    ['an origin that nobody has named', 'http://127.0.0.1:1/hook', {}, 'DARKROOM_CALLBACK_ORIGINS'],
    ['an address of a cloud', 'https://169.254.169.254/latest', {}, 'DARKROOM_CALLBACK_ORIGINS'],
    [
      'anywhere, by a worker without a secret',
      'https://shop.example.com/',
      { DARKROOM_CALLBACK_SECRETS: '' },
      'set DARKROOM_CALLBACK_SECRETS',
    ],
  ])('never goes to %s, and costs nothing', async (_what, url, env, words) => {
    await start({ env });
    const result = await rig.darkroom.result(await train(url));
    expect(result).toMatchObject({
      state: 'failed',
      charge: 'none',
      credits: { spent: 0 },
      failure: { code: 'CallbackNotAllowed', message: expect.stringContaining(words) as string },
    });
    expect(receiver.posts).toEqual([]);
  });

  it('never goes to a name that leads into our own network', async () => {
    const resolved: string[] = [];
    const network = {
      ...INTERNET,
      resolve: (name: string) => {
        resolved.push(name);
        return Promise.resolve(['127.0.0.1', '10.0.0.1', '::1', '169.254.169.254']);
      },
    };
    await start({
      ports: ({ callbacks }) => ({ callbacks: { ...callbacks, network } }),
    });
    const id = await train('https://shop.example.com:8443/hook');
    expect((await rig.darkroom.result(id)).state).toBe('succeeded');
    const child = rig.client.workflow.getHandle(await childIdOf(id, 'succeeded'));
    const failure = await until('it was tried', async () => {
      const { pendingActivities } = (await child.describe()).raw;
      return pendingActivities?.[0]?.lastFailure ?? null;
    });
    expect(failure.applicationFailureInfo?.type).toBe('CallbackNotAllowed');
    await child.terminate('end of the test');
    rig.remember(child.workflowId);
    expect(new Set(resolved)).toEqual(new Set(['shop.example.com']));
  });
});

/** Takes calls and answers none. */
async function silentHost() {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    open: () => sockets.size,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
