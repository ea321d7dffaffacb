import { createRig, type Rig, type RigOptions } from '../support/rig';

const PATIENT = { uploadMs: 50, trainMs: 600_000, uploadTtlMs: 3_600_000 };

describe('the deadline', () => {
  let rig: Rig;
  const start = async (options: RigOptions) => {
    rig = await createRig(options);
    await rig.startWorker();
  };
  afterEach(() => rig.close());

  it('ends a training that does not end, and says that it is billed', async () => {
    await start({ sandbox: { pace: PATIENT } });
    const startedMs = Date.now();
    // Long enough that it is submitted before, beside three other test files on two cores.
    const result = await rig.darkroom.result(await rig.train(await rig.request({ deadlineMs: 12_000 })));
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(12_000);
    expect(result).toMatchObject({
      state: 'timed-out',
      charge: 'charged',
      failure: { code: 'DeadlinePassed' },
    });
    expect(result.trainingId).toBe((await rig.ledger()).submissions[0]?.taskId);
    expect(result.failure?.message).toBe(
      `The deadline of 12 s has passed; APIFRAME cannot cancel a started training: ${String(result.trainingId)} runs on there and is billed; darkroom adopt ${result.id} ${String(result.trainingId)} waits for it again without submitting`,
    );
  });

  it('ends an upload that is never ready, with nothing charged', async () => {
    await start({ sandbox: { pace: { ...PATIENT, uploadMs: 600_000 } } });
    const result = await rig.darkroom.result(await rig.train(await rig.request({ deadlineMs: 2500 })));
    expect(result).toMatchObject({ state: 'timed-out', charge: 'none', trainingId: null });
    expect(result.failure?.message).toContain('no training was started');
  });

  it('ends a training whose photos no worker takes', async () => {
    await start({ env: { DARKROOM_QUEUES: 'darkroom' } });
    const result = await rig.darkroom.result(await rig.train(await rig.request({ deadlineMs: 1500 })));
    expect(result).toMatchObject({ state: 'timed-out', charge: 'none', photos: [] });
  });
});
