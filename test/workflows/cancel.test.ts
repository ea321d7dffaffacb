import { WorkflowFailedError } from '@temporalio/client';
import { CancelledFailure } from '@temporalio/common';
import { addFault } from '../support/ledger';
import { createRig, type Rig, type RigOptions } from '../support/rig';

const SLOW_TRAINING = { uploadMs: 50, trainMs: 600_000, uploadTtlMs: 3_600_000 };

describe('cancel', () => {
  let rig: Rig;
  const start = async (options: RigOptions) => {
    rig = await createRig(options);
    await rig.startWorker();
    return rig.train(await rig.request());
  };
  const cancel = async (id: string) => {
    await rig.darkroom.cancel(id);
    const error: unknown = await rig.client.workflow
      .getHandle(id)
      .result()
      .catch((thrown: unknown) => thrown);
    expect(error instanceof WorkflowFailedError && error.cause).toBeInstanceOf(CancelledFailure);
    return rig.darkroom.result(id);
  };
  afterEach(() => rig.close());

  it('while normalizing: ends with nothing started', async () => {
    const id = await start({ env: { DARKROOM_QUEUES: 'darkroom' } });
    await rig.untilState(id, 'normalizing');
    expect(await cancel(id)).toMatchObject({ state: 'canceled', charge: 'none', credits: { spent: 0 } });
  });

  it('while uploading: ends with nothing started', async () => {
    const id = await start({ sandbox: { pace: { ...SLOW_TRAINING, uploadMs: 600_000 } } });
    await rig.untilState(id, 'uploading');
    expect(await cancel(id)).toMatchObject({ state: 'canceled', charge: 'none' });
    expect((await rig.ledger()).submissions).toHaveLength(0);
  });

  it('while queued: ends with nothing started', async () => {
    const id = await start({ sandbox: { faults: [{ endpoint: 'train', kind: 'busy', times: 50 }] } });
    await rig.untilState(id, 'queued');
    expect(await cancel(id)).toMatchObject({ state: 'canceled', charge: 'none', credits: { reserved: 0 } });
    expect((await rig.ledger()).submissions).toHaveLength(0);
  });

  it('while submitting: waits for the answer, so that the id of what was paid is known', async () => {
    const id = await start({
      sandbox: { pace: SLOW_TRAINING, faults: [{ endpoint: 'train', kind: 'slow', times: 1 }] },
    });
    await rig.untilState(id, 'submitting');
    const result = await cancel(id);
    expect(result).toMatchObject({ state: 'canceled', charge: 'charged' });
    expect(result.trainingId).toBe((await rig.ledger()).submissions[0]?.taskId);
  });

  it('while training: says that it runs on there and is billed', async () => {
    const id = await start({ sandbox: { pace: SLOW_TRAINING } });
    await rig.untilState(id, 'training');
    expect(await cancel(id)).toMatchObject({ state: 'canceled', charge: 'charged', credits: { spent: 50 } });
    const { line, trainingId } = await rig.darkroom.status(id);
    expect(line).toContain(
      `APIFRAME cannot cancel a started training: ${String(trainingId)} runs on there and is billed`,
    );
  });

  it('while a decision is needed: ends, with the charge still unknown', async () => {
    const id = await start({ sandbox: { pace: SLOW_TRAINING } });
    await rig.untilState(id, 'training');
    await cancel(id);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'error-after' });
    const second = await rig.train(await rig.request());
    await rig.untilState(second, 'needs-decision');
    expect(await cancel(second)).toMatchObject({
      state: 'canceled',
      charge: 'unknown',
      credits: { reserved: 48 },
    });
  });
});
