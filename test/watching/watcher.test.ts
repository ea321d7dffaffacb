import type { WatchOrder } from '../../src/activities/watch-trainings';
import type { CallCounts } from '../../src/sandbox/call-counter';
import { watcherWorkflowId } from '../../src/watching/watcher-id';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const ACCOUNT = `watched-${String(process.pid)}-${String(Date.now())}`;
const WATCHER = watcherWorkflowId('apiframe', ACCOUNT);
const pace = { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 };
/** Only the watcher can notice anything: own looks are ten minutes apart. */
const env = {
  DARKROOM_WATCH: 'on',
  DARKROOM_WATCH_INTERVAL: '200ms',
  APIFRAME_ACCOUNT: ACCOUNT,
  DARKROOM_POLL_FIRST: '10m',
  DARKROOM_POLL_MAX: '10m',
};

describe('the watcher', () => {
  let rig: Rig;
  let stopFirst: () => Promise<void>;
  let stopSecond: () => Promise<void>;
  const watcher = () => rig.client.workflow.getHandle(WATCHER);
  const calls = async () => (await (await fetch(`${rig.sandbox.url}/sandbox/calls`)).json()) as CallCounts;
  const clearFaults = () => fetch(`${rig.sandbox.url}/sandbox/faults`, { method: 'DELETE' });
  const waiting = async (count: number) => {
    // At once, or on a busy machine the first one has ended before the next one waits.
    const requests = await Promise.all(Array.from({ length: count }, () => rig.request()));
    return Promise.all(
      requests.map(async (request) => {
        const id = await rig.train(request);
        await until(`${id} waits`, async () => {
          const status = await rig.darkroom.status(id).catch(() => null);
          return status?.state === 'training' || status?.state === 'succeeded' ? true : null;
        });
        return id;
      }),
    );
  };

  beforeAll(async () => {
    rig = await createRig({ env, sandbox: { pace } });
    stopFirst = await rig.startWorker();
    rig.remember(WATCHER);
  });
  afterEach(clearFaults);
  afterAll(() => rig.close());

  it('starts by itself, and brings trainings to their end with calls for several at a time', async () => {
    const ids = await waiting(6);
    for (const id of ids) {
      expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
      // One nudge, one look: the watcher itself ends nothing.
      expect(await rig.darkroom.status(id)).toMatchObject({ polls: 1 });
    }
    expect((await calls())['fetch-many']?.calls).toBeGreaterThanOrEqual(1);
  });

  it('is not spoiled by answers that leave out half of the trainings', async () => {
    const ids = await waiting(2);
    await addFault(rig.sandbox.url, { endpoint: 'fetch-many', kind: 'half-missing', times: 3 });
    for (const id of ids) expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('slows down where the provider is in trouble, says so, and comes back', async () => {
    const [id = ''] = await waiting(1);
    // Longer than from one heartbeat to the next, which shows it.
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'busy', retryAfterS: 4 });
    const reason = await until('the reason is shown', async () => {
      const { pendingActivities } = (await watcher().describe()).raw;
      const beat = Buffer.from(
        pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0]?.data ?? '',
      ).toString();
      return /"slowBecause":"(APIFRAME[^"]+)"/.exec(beat)?.[1] ?? null;
    });
    expect(reason).toContain('did not answer usefully: HTTP');
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('is held up by a call that hangs for some seconds only', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'fetch-many', kind: 'hang-before' });
    const ids = await waiting(2);
    const startedMs = Date.now();
    for (const id of ids) expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect(Date.now() - startedMs).toBeLessThan(19_000);
  });

  it('runs once over two workers, and goes on within a few sweeps when its worker stops', async () => {
    stopSecond = await rig.startWorker();
    const [id = ''] = await waiting(1);
    const calledAtFirst = (await calls()).fetch?.calls ?? 0;
    const fromMs = Date.now();
    await until('it was looked at a few times', async () =>
      ((await calls()).fetch?.calls ?? 0) - calledAtFirst >= 4 ? true : null,
    );
    // One call with each sweep. Two watchers would make twice as many.
    const called = ((await calls()).fetch?.calls ?? 0) - calledAtFirst;
    expect(called).toBeLessThanOrEqual((Date.now() - fromMs) / 200 + 2);
    await stopFirst();
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    const { events } = await watcher().fetchHistory();
    const started = events?.filter((event) => event.activityTaskStartedEventAttributes) ?? [];
    const completed = events?.filter((event) => event.activityTaskCompletedEventAttributes) ?? [];
    expect(started.length - completed.length).toBeLessThanOrEqual(1);
  });

  it('obeys what the provider asked for, also when its worker stops meanwhile', async () => {
    const [id = ''] = await waiting(1);
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'busy', retryAfterS: 4 });
    await until('the provider asked for patience', async () => {
      const { pendingActivities } = (await watcher().describe()).raw;
      const beat = pendingActivities?.[0]?.heartbeatDetails?.payloads?.[0]?.data ?? '';
      return /"notBeforeMs":[1-9]/.test(Buffer.from(beat).toString()) ? true : null;
    });
    const calledAtFirst = (await calls()).fetch?.calls;
    await stopSecond();
    await rig.startWorker();
    const order = await until('another turn has begun', async () => {
      const { events } = await watcher().fetchHistory();
      const [input] =
        events
          ?.flatMap(({ activityTaskScheduledEventAttributes: scheduled }) => scheduled ?? [])
          .at(-1)
          ?.input?.payloads?.map(({ data }) => JSON.parse(Buffer.from(data ?? '').toString()) as unknown) ??
        [];
      return (input as WatchOrder).notBeforeMs ? (input as WatchOrder) : null;
    });
    await until('it asks again', async () => ((await calls()).fetch?.calls === calledAtFirst ? null : true));
    expect(Date.now()).toBeGreaterThanOrEqual(order.notBeforeMs ?? Infinity);
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });

  it('ends when nobody waits, and is started again by the next training', async () => {
    await until('it has ended', async () =>
      (await watcher().describe()).status.name === 'COMPLETED' ? true : null,
    );
    expect(await watcher().result()).toBe('none-waiting');
    const before = (await calls())['fetch-many']?.calls ?? 0;
    const ids = await waiting(2);
    for (const id of ids) expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    expect((await calls())['fetch-many']?.calls).toBeGreaterThan(before);
  });

  it('asks one by one where the provider refuses several at a time', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'fetch-many', kind: 'forgotten', times: 1000 });
    const ids = await waiting(2);
    for (const id of ids) expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
  });
});
