import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BatchOrder } from '../../src/contract/batch';
import type { TrainRequest } from '../../src/contract/request';
import { darkroomOver } from '../../src/client';
import { keepManifest } from '../../src/batches/keep-manifest';
import { filesystemStorage } from '../../src/storage/filesystem';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos

describe('a batch that needs more than there is', () => {
  let rig: Rig;
  let number = 0;
  const account = `budget-${String(process.pid)}`;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 300, uploadTtlMs: 3_600_000 }, credits: 12 * PRICE },
      env: { APIFRAME_ACCOUNT: account },
    });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const newId = () => {
    const id = `${account}-${String((number += 1))}`;
    rig.remember(id);
    return id;
  };
  const requests = async (count: number): Promise<TrainRequest[]> => {
    const all: TrainRequest[] = [];
    for (let n = 0; n < count; n += 1) all.push(await rig.request({ subject: `s-${String(n)}` }));
    return all;
  };
  const order = async (
    all: readonly TrainRequest[],
    means: Partial<BatchOrder> = {},
  ): Promise<BatchOrder> => {
    const { manifest, rows, pages } = await keepManifest(all, filesystemStorage(rig.config.storeDir));
    return { manifest, rows, pages, inFlight: 4, ...means };
  };
  const readsStore = () => {
    const store = filesystemStorage(rig.config.storeDir);
    return darkroomOver(rig.client, { readStore: (key) => store.get(key) });
  };
  const spent = async () => (await rig.ledger()).credits.spent;

  it('says so by the numbers, and starts nothing: balance', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(15)));
    await expect(rig.client.workflow.getHandle(id).result()).rejects.toMatchObject({
      cause: { type: 'OverBudget', message: expect.stringContaining('may need 750 credits') as string },
    });
    await expect(rig.darkroom.batch(id)).rejects.toThrow(
      /may need 750 credits, and the account at apiframe has left .* 600; nothing was started. With --partial the 12 rows that fit are trained/,
    );
    expect(await spent()).toBe(0);
  });

  it('trains what fits and leaves out the rest where it may; a retry trains it when the budget allows it', async () => {
    const id = newId();
    const all = await requests(3);
    const means = { budgetCredits: 2 * PRICE, beyondMeans: 'leave-out' } as const;
    await rig.darkroom.startBatch(id, await order(all, means));
    expect(await rig.client.workflow.getHandle(id).result()).toMatchObject({
      states: { succeeded: 2, 'left-out': 1 },
      creditsSpent: 2 * PRICE,
    });

    // What is trained already needs nothing.
    const again = newId();
    await rig.darkroom.startBatch(again, await order(all, { budgetCredits: PRICE }));
    expect(await rig.client.workflow.getHandle(again).result()).toMatchObject({ states: { succeeded: 3 } });
    expect(await spent()).toBe(3 * PRICE);

    const left = newId();
    const others = await requests(2);
    await rig.darkroom.startBatch(
      left,
      await order(others, { budgetCredits: PRICE, beyondMeans: 'leave-out' }),
    );
    await rig.client.workflow.getHandle(left).result();
    const result = () => rig.client.workflow.getHandle(left).result();
    const darkroom = readsStore();
    // The budget is for the whole batch, however its rows come to be tried.
    expect(await darkroom.retryBatch(left)).toMatchObject({ again: 1, left: [] });
    expect(await result()).toMatchObject({ states: { succeeded: 1, 'left-out': 1 }, budgetCredits: PRICE });
    await darkroom.retryBatch(left, { budgetCredits: 2 * PRICE - 1 });
    expect(await result()).toMatchObject({ states: { succeeded: 1, 'left-out': 1 } });
    await darkroom.retryBatch(left, { budgetCredits: 2 * PRICE });
    expect(await result()).toMatchObject({
      states: { succeeded: 2 },
      budgetCredits: 2 * PRICE,
      creditsSpent: 2 * PRICE,
      line: '2 rows · 2 succeeded · 100 credits spent of 100',
    });
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig.remember(workflowId);
  });

  it('keeps its budget while it runs, also where the update itself is sent', async () => {
    const id = newId();
    const means = { budgetCredits: 2 * PRICE, beyondMeans: 'leave-out', inFlight: 1 } as const;
    await rig.darkroom.startBatch(id, await order(await requests(4), means));
    await until('two are left out', async () =>
      (await rig.darkroom.batch(id)).states['left-out'] === 2 ? true : null,
    );
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    await rig.darkroom.steerBatch(id, { do: 'retry' });
    await expect(rig.darkroom.steerBatch(id, { do: 'retry', rows: [4], budgetCredits: 0 })).rejects.toThrow();
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    expect(await rig.client.workflow.getHandle(id).result()).toMatchObject({
      states: { succeeded: 2, 'left-out': 2 },
      creditsSpent: 2 * PRICE,
    });
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig.remember(workflowId);
  });

  it('asks the gate of the account, which knows what is set aside', async () => {
    writeFileSync(
      path.join(rig.home, 'accounts.yaml'),
      `accounts: [{ provider: apiframe, account: ${account}, creditsPerDay: ${String(2 * PRICE)} }]`,
    );
    rig.remember(`darkroom-account-apiframe-${account}`);
    const one = await rig.train(await rig.request({ subject: 's-one' }));
    await rig.darkroom.result(one);
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(2)));
    await expect(rig.client.workflow.getHandle(id).result()).rejects.toMatchObject({
      cause: {
        message: expect.stringContaining(`has left for today, or in all, ${String(PRICE)};`) as string,
      },
    });
  });
});
