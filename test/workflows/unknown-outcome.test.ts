import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import type { FaultKind } from '../../src/sandbox/faults';

const UNKNOWN: [FaultKind, number][] = [
  ['reset-after', 1],
  ['error-after', 1],
  ['garbage-after', 1],
  // The provider did not start here, but nobody on this side can know that.
  ['error-before', 0],
  ['reset-before', 0],
];

describe('a submission whose answer is lost', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it.each(UNKNOWN)('%s: stops and asks, and is never sent again', async (kind, charged) => {
    const before = (await rig.ledger()).submissions.length;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind });
    const id = await rig.train(await rig.request());
    const status = await rig.untilState(id, 'needs-decision');

    expect(status).toMatchObject({
      charge: 'unknown',
      trainingId: null,
      submissions: 1,
      credits: { reserved: 48, spent: 2 },
    });
    expect(status.line).toContain('unknown outcome');
    expect(status.line).toContain('48 credits');
    await rig.darkroom.nudge(id);
    await rig.darkroom.cancel(id);
    const result = await rig.darkroom.result(id);
    expect(result).toMatchObject({ state: 'canceled', charge: 'unknown' });
    expect((await rig.ledger()).submissions.length - before).toBe(charged);
  });

  it('ends at the deadline, saying that it may still be billed', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = await rig.train(await rig.request({ deadlineMs: 3000 }));
    const result = await rig.darkroom.result(id);
    expect(result).toMatchObject({
      state: 'timed-out',
      charge: 'unknown',
      failure: { code: 'DeadlinePassed' },
    });
    expect(result.failure?.message).toContain('APIFRAME may have started a training and may bill it');
  });
});
