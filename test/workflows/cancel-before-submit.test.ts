import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

/** While no worker runs, a timer and a cancel (or the deadline) may come together to the next one. */
describe('nothing is bought after the end was decided', () => {
  let rig: Rig;
  let id: string;
  const queuedWithoutWorker = async (deadlineMs?: number) => {
    rig = await createRig({ sandbox: { faults: [{ endpoint: 'train', kind: 'busy', times: 1 }] } });
    const stop = await rig.startWorker();
    id = await rig.train(await rig.request(deadlineMs === undefined ? {} : { deadlineMs }));
    await rig.untilState(id, 'queued');
    await stop();
  };
  const untilFired = (timers: number) =>
    until(`${String(timers)} more timers have fired`, async () => {
      const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
      const pausedAt = events?.findLastIndex(({ timerStartedEventAttributes: timer }) => timer) ?? 0;
      const fired = events?.slice(pausedAt).filter(({ timerFiredEventAttributes: timer }) => timer) ?? [];
      return fired.length >= timers ? true : null;
    });
  afterEach(() => rig.close());

  it('canceled just after the wait for the next attempt was over', async () => {
    await queuedWithoutWorker();
    await untilFired(1);
    await rig.darkroom.cancel(id);
    await rig.startWorker();
    expect(await rig.darkroom.result(id)).toMatchObject({
      state: 'canceled',
      charge: 'none',
      credits: { reserved: 0 },
    });
    expect((await rig.ledger()).submissions).toHaveLength(0);
  });

  it('the deadline passed while nobody worked', async () => {
    await queuedWithoutWorker(8000);
    await untilFired(2);
    await rig.startWorker();
    expect(await rig.darkroom.result(id)).toMatchObject({ state: 'timed-out', charge: 'none' });
    expect((await rig.ledger()).submissions).toHaveLength(0);
  });
});
