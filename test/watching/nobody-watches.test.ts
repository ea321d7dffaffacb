import { watcherWorkflowId } from '../../src/watching/watcher-id';
import { SECRET } from '../gateway/deliver';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { atMs, wholeHistory } from '../support/whole-history';

const ACCOUNT = `unwatched-${String(process.pid)}-${String(Date.now())}`;
const WATCHER = watcherWorkflowId('apiframe', ACCOUNT);

describe('where nobody watches', () => {
  let rig: Rig;
  afterEach(() => rig.close());

  it('a training whose deliveries are all lost ends by its own looks, and the watcher says why it went', async () => {
    const env = {
      DARKROOM_WATCH: 'on',
      APIFRAME_ACCOUNT: ACCOUNT,
      DARKROOM_POLL_FIRST: '2s',
      DARKROOM_POLL_MAX: '2s',
      DARKROOM_PUBLIC_URL: 'http://127.0.0.1:9', // nobody listens there, and nothing is sent either
      DARKROOM_WEBHOOK_SECRETS: SECRET,
    };
    rig = await createRig({
      env,
      sandbox: {
        pace: { uploadMs: 20, trainMs: 8000, uploadTtlMs: 3_600_000 },
        faults: [{ endpoint: 'webhook', kind: 'lost', times: 1000 }],
      },
    });
    const stop = await rig.startWorker();
    rig.remember(WATCHER);
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    await stop();

    const without = await createRig({ like: rig, env: { ...env, DARKROOM_WATCH: 'off' } });
    try {
      await without.startWorker();
      expect(await rig.client.workflow.getHandle(WATCHER).result()).toBe('off');
      expect(await rig.darkroom.result(id)).toMatchObject({ state: 'succeeded' });
    } finally {
      await without.close();
    }
  });

  it('looks that are due while every worker is away do not all come at once when one is back', async () => {
    rig = await createRig({
      env: { DARKROOM_POLL_FIRST: '1s', DARKROOM_POLL_MAX: '10m' },
      sandbox: { pace: { uploadMs: 20, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
    });
    const stop = await rig.startWorker();
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await rig.train(await rig.request()));
    for (const id of ids) await rig.untilState(id, 'training');
    await stop();
    const dueForMs = async (id: string) => {
      const events = await wholeHistory(rig.client, id);
      const fired = events.filter((event) => event.timerFiredEventAttributes).at(-1);
      return fired === undefined ? 0 : Date.now() - atMs(fired);
    };
    await until('they have been due for long', async () => {
      const lateMs = await Promise.all(ids.map(dueForMs));
      return lateMs.every((ms) => ms > 10_500) ? true : null;
    });

    await rig.startWorker();
    for (const id of ids) {
      const wait = await until(`${id} waits once more`, async () => {
        const events = await wholeHistory(rig.client, id);
        return (
          events.find(({ userMetadata }) => text(userMetadata?.summary?.data).includes('were away')) ?? null
        );
      });
      const seconds = Number(wait.timerStartedEventAttributes?.startToFireTimeout?.seconds ?? NaN);
      expect(seconds).toBeLessThan(60);
    }
  });
});

function text(data: Uint8Array | null | undefined): string {
  return Buffer.from(data ?? []).toString();
}
