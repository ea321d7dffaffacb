import { rmSync } from 'node:fs';
import path from 'node:path';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

describe('the same photos and options under another id', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  it('are refused before anything is paid, naming the earlier training', async () => {
    const request = await rig.request();
    const first = await rig.train(request);
    await rig.darkroom.result(first);
    const before = await rig.ledger();
    // In another order and for another deadline, they are the same photos all the same.
    const again = { ...request, photos: [...request.photos].reverse(), deadlineMs: 60_000 };
    const result = await rig.darkroom.result(await rig.train(again));
    expect(result).toMatchObject({
      state: 'failed',
      charge: 'none',
      credits: { spent: 0 },
      failure: { code: 'DuplicateTraining' },
    });
    expect(result.failure?.message).toContain(`trained as ${first} at apiframe already`);
    expect(result.failure?.message).toContain(`generation: ${String((request.generation ?? 1) + 1)}`);
    expect(await rig.ledger()).toEqual(before);
  });

  it('are trained where the request says generation', async () => {
    const request = await rig.request();
    await rig.darkroom.result(await rig.train(request));
    const before = (await rig.ledger()).submissions.length;
    const next = { ...request, generation: (request.generation ?? 1) + 1000 };
    expect(await rig.darkroom.result(await rig.train(next))).toMatchObject({ state: 'succeeded' });
    expect((await rig.ledger()).submissions.length - before).toBe(1);
  });

  it('are refused while the outcome of the earlier submission is unknown', async () => {
    const request = await rig.request();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const first = await rig.train(request);
    await rig.untilState(first, 'needs-decision');
    const result = await rig.darkroom.result(await rig.train(request));
    expect(result.failure).toMatchObject({ code: 'DuplicateTraining' });
    expect(result.failure?.message).toContain(first);
  });

  it.each([
    ['was refused', 'refuse'],
    ['failed', 'fail-later'],
  ] as const)('are trained where the earlier training %s', async (_what, kind) => {
    const request = await rig.request();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind });
    expect(await rig.darkroom.result(await rig.train(request))).toMatchObject({ state: 'failed' });
    expect(await rig.darkroom.result(await rig.train(request))).toMatchObject({ state: 'succeeded' });
  });

  it('asked for by ten at once, are trained once', async () => {
    const before = (await rig.ledger()).submissions.length;
    const request = await rig.request();
    const ids = await Promise.all(Array.from({ length: 10 }, () => rig.train(request)));
    const results = await Promise.all(ids.map((id) => rig.darkroom.result(id)));
    expect((await rig.ledger()).submissions.length - before).toBe(1);
    expect(results.filter(({ state }) => state === 'succeeded')).toHaveLength(1);
    expect(results.filter(({ failure }) => failure?.code === 'DuplicateTraining')).toHaveLength(9);
  });
});

describe('a worker with another store than the training began with', () => {
  it('notices, sends nothing, and leaves the training to one that has it', async () => {
    const rig = await createRig();
    try {
      const pace = { DARKROOM_QUEUES: 'darkroom' };
      const stop = await rig.startWorker();
      await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'busy', times: 1 });
      const id = await rig.train(await rig.request());
      await rig.untilState(id, 'queued');
      await stop();
      // The folder is there again, as after a wrong mount, and it is empty.
      const identity = path.join(rig.config.storeDir, 'identity');
      rmSync(identity, { recursive: true });
      await rig.startWorker();
      const status = await until('the worker has noticed', async () => {
        const now = await rig.darkroom.status(id);
        return now.line.includes("This worker's store is not the one that the training began with")
          ? now
          : null;
      });
      expect(status).toMatchObject({ state: 'queued', charge: 'none' });
      expect((await rig.ledger()).submissions).toHaveLength(0);
      expect(pace).toBeDefined();
    } finally {
      await rig.close();
    }
  });
});
