import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { createRig, type Rig, type RigOptions } from '../support/rig';

describe('a worker that is set up wrongly', () => {
  let rig: Rig;
  const start = async (options: RigOptions) => {
    rig = await createRig(options);
    await rig.startWorker();
  };
  afterEach(() => rig.close());

  it('is told about a wrong key at once, without a second try', async () => {
    await start({ env: { APIFRAME_API_KEY: 'not-the-key' } });
    const id = await rig.train(await rig.request());
    const result = await rig.darkroom.result(id);

    expect(result).toMatchObject({
      state: 'failed',
      charge: 'none',
      failure: { code: 'ProviderKeyRejected' },
    });
    const { events = [] } = await rig.client.workflow.getHandle(id).fetchHistory();
    const tries = events?.flatMap(({ activityTaskStartedEventAttributes: started }) =>
      started ? [started.attempt] : [],
    );
    expect(tries).toEqual([1, 1]); // normalize and upload, once each
    expect((await rig.ledger()).credits.spent).toBe(0);
  });

  it('says which variable is missing when it has no key', async () => {
    await start({ env: { APIFRAME_API_KEY: '' } });
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result.failure).toEqual({
      code: 'ProviderNotConfigured',
      message: 'The worker has no APIFRAME key; set APIFRAME_API_KEY and restart it',
    });
  });

  it('names the store that it cannot write, and pays nothing', async () => {
    await start({});
    const inTheWay = path.join(rig.home, 'store');
    writeFileSync(inTheWay, 'a file where the store should be');
    const result = await rig.darkroom.result(await rig.train(await rig.request()));
    expect(result.failure?.code).toBe('StoreUnavailable');
    expect(result.failure?.message).toContain(inTheWay);
    expect((await rig.ledger()).credits.spent).toBe(0);
  });
});
