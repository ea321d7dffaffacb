import type { WatchOrder, WatchTurn } from '../../src/activities/watch-trainings';
import { watcherWorkflowId } from '../../src/watching/watcher-id';
import type { watchAccount } from '../../src/workflows';
import { createRig, type Rig } from '../support/rig';

const ACCOUNT = `turns-${String(process.pid)}-${String(Date.now())}`;
const TURN_MS = 400;
/** Of which some turns and the seconds between them are a part. */
const pace = { uploadMs: 20, trainMs: 5000, uploadTtlMs: 3_600_000 };

describe('the turns of a watcher', () => {
  let rig: Rig;
  beforeAll(async () => {
    const env = {
      DARKROOM_WATCH: 'on',
      DARKROOM_WATCH_INTERVAL: '100ms',
      APIFRAME_ACCOUNT: ACCOUNT,
      TRYITON_API_KEY: '',
      DARKROOM_POLL_FIRST: '10m',
      DARKROOM_POLL_MAX: '10m',
    };
    const ports = (config: Rig['config']) => ({ watch: { ...config.worker.watch, turnMs: TURN_MS } });
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
