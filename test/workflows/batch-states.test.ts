import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos

describe('the rows of a batch that are under way', () => {
  let rig: Rig;
  const account = `states-${String(process.pid)}`;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 2000, uploadTtlMs: 3_600_000 } },
      env: { APIFRAME_ACCOUNT: account },
    });
    writeFileSync(
      path.join(rig.home, 'accounts.yaml'),
      `accounts: [{ provider: apiframe, account: ${account}, slots: 1 }]`,
    );
    rig.remember(`darkroom-account-apiframe-${account}`);
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  it('say when they wait for their account, and when they are paid', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(2), 2));
    await until('one is paid, and one waits', async () => {
      const { states, creditsSpent } = await rig.darkroom.batch(id);
      return states.training === 1 && states.queued === 1 && creditsSpent === PRICE ? true : null;
    });
    await until('the other one is paid', async () => {
      const { states, creditsSpent } = await rig.darkroom.batch(id);
      return states.training === 1 && states.succeeded === 1 && creditsSpent === 2 * PRICE ? true : null;
    });
    expect(await result(id)).toMatchObject({ states: { succeeded: 2 }, creditsSpent: 2 * PRICE });
  });
});
