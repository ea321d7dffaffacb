import { createRig, type Rig } from '../support/rig';

describe('what one training costs Temporal', () => {
  let rig: Rig;
  beforeAll(async () => {
    // The upload is ready at once, so that the activity that hands it over waits for it.
    rig = await createRig({
      sandbox: { pace: { uploadMs: 1, trainMs: 1, uploadTtlMs: 3_600_000 } },
      env: { DARKROOM_POLL_FIRST: '300ms', DARKROOM_POLL_MAX: '300ms' },
    });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('a healthy training with one look stays below 45 events', async () => {
    const id = await rig.train(await rig.request());
    await rig.darkroom.result(id);
    const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
    expect((await rig.darkroom.status(id)).polls).toBe(1);
    expect(events?.length).toBeLessThan(45);
    // The record of the submission is written within these, and adds no event of its own.
    const activities = events?.flatMap(
      ({ activityTaskScheduledEventAttributes: scheduled }) => scheduled?.activityType?.name ?? [],
    );
    expect(activities).toEqual(['preparePhotos', 'uploadPhotos', 'submitOnRecord', 'checkTraining']);
  });

  it('no message carries a picture: the whole history of 12 photos is below 32 KB', async () => {
    const id = await rig.train(await rig.request());
    await rig.darkroom.result(id);
    const { historyLength, raw } = await rig.client.workflow.getHandle(id).describe();
    expect(historyLength).toBeGreaterThan(20);
    expect(Number(raw.workflowExecutionInfo?.historySizeBytes)).toBeLessThan(32 * 1024);
  });
});
