import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { wholeHistory } from '../support/whole-history';

describe('what lists show of a training that waits', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 1, trainMs: 600_000, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '1h', DARKROOM_POLL_MAX: '1h' },
    });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const listed = async (id: string) => {
    const { typedSearchAttributes } = await rig.client.workflow.getHandle(id).describe();
    return Object.fromEntries(
      typedSearchAttributes.getAll().map(({ key, value }) => [key.name, value] as const),
    );
  };
  const hears = (id: string, percent: number) =>
    rig.client.workflow.getHandle(id).signal('progress', { percent, word: 'processing' });
  const untilPercent = (id: string, percent: number) =>
    until(`${id} has heard of ${percent} %`, async () =>
      (await rig.darkroom.status(id)).percent === percent ? true : null,
    );
  const upserts = async (id: string) =>
    (await wholeHistory(rig.client, id)).filter(
      ({ upsertWorkflowSearchAttributesEventAttributes: upsert }) => upsert,
    ).length;

  it('follows its percentage in steps of ten points: three events for the first, one for each other', async () => {
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    const before = await upserts(id);
    for (const percent of [5, 20.4, 25]) {
      await hears(id, percent);
      await untilPercent(id, percent);
    }
    expect(await listed(id)).toMatchObject({ DarkroomProgress: 20, DarkroomCredits: 50 });
    // One is Temporal's own, of the patch; its marker is the third event.
    expect((await upserts(id)) - before).toBe(2);
    await hears(id, 31);
    await untilPercent(id, 31);
    expect((await upserts(id)) - before).toBe(3);
    const { expectedEndAt } = await rig.darkroom.status(id);
    expect(Date.parse(expectedEndAt ?? '')).toBeGreaterThan(Date.now());
    const [row] = await rig.darkroom.glance([id]);
    expect(row?.expectedEndAt?.getTime()).toBeGreaterThan(Date.now());
  });

  it('shows a provider that does not answer, until it does', async () => {
    const id = await rig.train(await rig.request());
    await rig.untilState(id, 'training');
    await addFault(rig.sandbox.url, { endpoint: 'fetch', kind: 'error-before', times: 3 });
    const nudge = () => rig.client.workflow.getHandle(id).signal('nudge');
    for (const looks of [1, 2, 3]) {
      await nudge();
      await until(`${looks} looks`, async () =>
        (await rig.darkroom.status(id)).failedPollsInARow === looks ? true : null,
      );
    }
    expect(await listed(id)).toMatchObject({ DarkroomTrouble: 'no-answer', DarkroomState: 'training' });
    await nudge();
    await until('an answer', async () =>
      (await rig.darkroom.status(id)).failedPollsInARow === 0 ? true : null,
    );
    expect(await listed(id)).not.toHaveProperty('DarkroomTrouble');
  });
});
