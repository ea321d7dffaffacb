import type { WatchOrder, WatchTurn } from '../../src/activities/watch-trainings';
import { workerMetrics } from '../../src/monitoring/metrics';
import { portsFrom } from '../../src/worker-ports';
import { watcherWorkflowId } from '../../src/watching/watcher-id';
import type { watchAccount } from '../../src/workflows';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const ACCOUNT = `turns-${String(process.pid)}-${String(Date.now())}`;
const TURN_MS = 400;
/** Of which some turns and the seconds between them are a part. */
const pace = { uploadMs: 20, trainMs: 5000, uploadTtlMs: 3_600_000 };

describe('the turns of a watcher', () => {
  let rig: Rig;
  const metrics = workerMetrics();
  beforeAll(async () => {
    const env = {
      DARKROOM_WATCH: 'on',
      DARKROOM_WATCH_INTERVAL: '100ms',
      APIFRAME_ACCOUNT: ACCOUNT,
      TRYITON_API_KEY: '',
      DARKROOM_POLL_FIRST: '10m',
      DARKROOM_POLL_MAX: '10m',
    };
    const ports = (config: Rig['config']) => ({
      watch: { ...config.worker.watch, turnMs: TURN_MS },
      watchObserver: portsFrom(config, metrics).watchObserver,
    });
    rig = await createRig({ env, sandbox: { pace }, ports });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('follow each other, and each watches what the one before has watched', async () => {
    const watcher = rig.client.workflow.getHandle(watcherWorkflowId('apiframe', ACCOUNT));
    rig.remember(watcher.workflowId);
    const id = await rig.train(await rig.request());
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    // Its end was seen in a turn, and by nobody else: its own looks are ten minutes apart.
    expect(await rig.darkroom.status(id)).toMatchObject({ polls: 1 });
    const { events } = await watcher.fetchHistory();
    const ends = (events ?? []).flatMap(({ activityTaskCompletedEventAttributes: completed }) => {
      const data = completed?.result?.payloads?.[0]?.data;
      return data ? [(JSON.parse(Buffer.from(data).toString()) as WatchTurn).end] : [];
    });
    expect(ends.filter((end) => end === 'time-over').length).toBeGreaterThanOrEqual(2);
    const text = await metrics.registry.metrics();
    expect(text).toContain('darkroom_watch_nudges_total{provider="apiframe"} 1');
    expect(text).toContain('darkroom_end_seen_seconds_count{provider="apiframe"} 1');
  });

  it('leave nothing to be scraped of them between two', async () => {
    const isScraped = async () => /^darkroom_watched_trainings\{/m.test(await metrics.registry.metrics());
    await until('one is under way', async () => ((await isScraped()) ? true : null));
    await until('it is over', async () => ((await isScraped()) ? null : true));
  });

  const endOf = async (order: WatchOrder) => {
    const workflowId = `turns-${order.provider}-${order.account}-${String(Date.now())}`;
    rig.remember(workflowId);
    return rig.client.workflow.execute<typeof watchAccount>('watchAccount', {
      workflowId,
      taskQueue: 'darkroom',
      args: [order],
    });
  };

  it('are not taken by a worker that has another account, or no access to this one', async () => {
    expect(await endOf({ provider: 'apiframe', account: 'somebody-elses' })).toBe('other-account');
    expect(await endOf({ provider: 'tryiton', account: 'default' })).toBe('other-account');
  });
});

describe('a worker that is not to watch', () => {
  it('takes no turn', async () => {
    const rig = await createRig({ env: { DARKROOM_WATCH: 'off' } });
    try {
      await rig.startWorker();
      const workflowId = `turns-off-${String(Date.now())}`;
      rig.remember(workflowId);
      const order = { provider: 'apiframe', account: rig.config.apiframe.account } as const;
      const taskQueue = 'darkroom';
      const end = await rig.client.workflow.execute<typeof watchAccount>('watchAccount', {
        workflowId,
        taskQueue,
        args: [order],
      });
      expect(end).toBe('off');
    } finally {
      await rig.close();
    }
  });
});
