import { rmSync } from 'node:fs';
import path from 'node:path';
import type { TrainRequest } from '../../src/contract/request';
import { batchesOf } from '../support/batches';
import { addFault } from '../support/ledger';
import { photosIn, writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

describe('rows of a batch that are tried again', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 1500, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);
  const charges = async () => (await rig.ledger()).submissions.length;
  /** Fails before it costs anything, until its photos are there. */
  const broken = (request: TrainRequest, folder: string) => ({
    ...request,
    photos: photosIn(folder),
  });
  const mend = (folder: string) => writePhotos(rig.config.photosDir, folder, 12);
  const at = (all: TrainRequest[], n: number) => all[n] as TrainRequest;

  it('start over in a batch that is over, if they have cost nothing; the others are left and named', async () => {
    const all = await requests(4);
    all[0] = broken(at(all, 0), 'late');
    const id = newId();
    // The second row trains first, as the first one does not come that far.
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await rig.darkroom.startBatch(id, await order(all, 1, [2, 5, 6, 9]));
    expect((await result(id)).states).toEqual({ failed: 2, succeeded: 2 });
    const before = await charges();

    await mend('late');
    const { again, left } = await rig.darkroom.retryBatch(id);
    expect(again).toBe(1);
    expect(left).toEqual([
      expect.objectContaining({ row: 5, place: 2, state: 'failed', why: 'it has cost 50 credits' }),
    ]);
    expect((await result(id)).states).toEqual({ failed: 1, succeeded: 3 });
    expect(await charges()).toBe(before + 1);

    expect(await rig.darkroom.retryBatch(id)).toMatchObject({ again: 0, left: [{ row: 5 }] });
    await expect(rig.darkroom.retryBatch(id, { rows: [6] })).rejects.toThrow('Row 6 is succeeded');
    await expect(rig.darkroom.retryBatch(id, { rows: [3] })).rejects.toThrow(
      `The batch ${id} has no row 3; rows of the manifest`,
    );
    expect(await charges()).toBe(before + 1);
  });

  it('start over while the others go on, also over histories that start over, and never what was paid', async () => {
    const all = await requests(6);
    all[0] = broken(at(all, 0), 'soon');
    const id = newId();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await rig.darkroom.startBatch(id, await order(all, 1));
    await until('two have failed', async () =>
      (await rig.darkroom.batch(id)).states.failed === 2 ? true : null,
    );
    const before = await charges();
    await mend('soon');
    // As another service would, which asks nobody what they have cost: the batch does.
    const { states } = await rig.darkroom.steerBatch(id, { do: 'retry' });
    expect(states.failed ?? 0).toBe(0);
    expect((await result(id)).states).toEqual({ failed: 1, succeeded: 5 });
    expect(await charges()).toBe(before + 5);
    const [, second] = (await rig.darkroom.batchRows(id)).rows;
    expect(second).toMatchObject({ row: 2, state: 'failed', creditsSpent: 50 });
  });

  it('take no money for what is not started over, because it was paid', async () => {
    const all = await requests(3);
    all[1] = broken(at(all, 1), 'later');
    const id = newId();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await rig.darkroom.startBatch(id, {
      ...(await order(all, 1)),
      budgetCredits: 150,
      beyondMeans: 'leave-out',
    });
    await until('two have failed', async () => (await rig.darkroom.batch(id)).states.failed === 2);
    await mend('later');
    // The one that was paid, and comes first, would take what is left: 50 are spent, and 50 may be by the one that trains.
    await rig.darkroom.steerBatch(id, { do: 'retry' });
    expect(await result(id)).toMatchObject({ states: { failed: 1, succeeded: 2 }, creditsSpent: 150 });
  });

  it('start over across a history that starts over', async () => {
    const all = await requests(8);
    for (const n of [0, 1, 2]) all[n] = broken(at(all, n), `across-${String(n)}`);
    const id = newId();
    await rig.darkroom.startBatch(id, await order(all, 2));
    await until('three have failed', async () =>
      (await rig.darkroom.batch(id)).states.failed === 3 ? true : null,
    );
    // They wait at the end of nothing: the first to be started when it goes on, in whatever run that is.
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    for (const n of [0, 1, 2]) await mend(`across-${String(n)}`);
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [1, 2, 3] });
    const paused = await rig.client.workflow.getHandle(id).describe();
    for (let n = 0; n < 30; n += 1) await rig.darkroom.steerBatch(id, { do: 'pause' });
    await until('its history has started over', async () =>
      (await rig.client.workflow.getHandle(id).describe()).runId === paused.runId ? null : true,
    );
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    expect((await result(id)).states).toEqual({ succeeded: 8 });
  });

  it('keep in the sum what their first try has cost', async () => {
    const id = newId();
    // After the upload, which is paid.
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    expect(await result(id)).toMatchObject({ states: { failed: 1 }, creditsSpent: 2 });
    await rig.darkroom.retryBatch(id);
    expect(await result(id)).toMatchObject({ states: { succeeded: 1 }, creditsSpent: 52 });
    expect((await rig.darkroom.batchReport(id)).credits.spent).toBe(52);
  });

  it('keep it also where the second try has to be left', async () => {
    const id = newId();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    await rig.darkroom.startBatch(id, await order(await requests(2), 1));
    await until('the first one has begun', async () =>
      (await rig.darkroom.batch(id)).states.waiting === 1 ? true : null,
    );
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    const hasFailed = (creditsSpent: number) =>
      until('it has failed', async () => {
        const status = await rig.darkroom.batch(id);
        return status.states.failed === 1 && status.creditsSpent === creditsSpent ? true : null;
      });
    await hasFailed(2);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [1] });
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    await hasFailed(52);
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [1] });
    expect(await result(id)).toMatchObject({ states: { failed: 1, succeeded: 1 }, creditsSpent: 102 });
  });

  it('are canceled one by one: those that wait and those that are under way', async () => {
    const id = newId();
    const before = await charges();
    await rig.darkroom.startBatch(id, await order(await requests(4), 1));
    await until('the first is paid', async () => ((await charges()) > before ? true : null));
    await rig.darkroom.cancelRows(id, [1, 3]);
    await expect(rig.darkroom.cancelRows(id, [3])).rejects.toThrow('Row 3 has ended already: canceled');
    const status = await result(id);
    expect(status).toMatchObject({ isCanceled: false, states: { canceled: 2, succeeded: 2 } });
    expect(await charges()).toBe(before + 3);

    // Row 3 was never started.
    const retried = await rig.darkroom.retryBatch(id);
    expect(retried).toMatchObject({
      again: 1,
      left: [{ row: 1, state: 'canceled', why: 'it has cost 50 credits' }],
    });
    expect((await result(id)).states).toEqual({ canceled: 1, succeeded: 3 });
    expect(await charges()).toBe(before + 4);
  });

  it('are not free where they were paid, and a person could not adopt them', async () => {
    const id = newId();
    const before = await charges();
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    await until('it is paid', async () => ((await charges()) > before ? true : null));
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    await rig.darkroom.cancelRows(id, [1]);
    await result(id);
    await rig.darkroom.adopt(row?.id ?? '', 'no-such-task');
    expect(await rig.darkroom.result(row?.id ?? '')).toMatchObject({ state: 'failed', charge: 'unknown' });
    expect(await rig.darkroom.retryBatch(id)).toMatchObject({
      again: 0,
      left: [{ row: 1, why: 'it may have been charged' }],
    });
  });

  it('go on after the whole batch was canceled, where somebody wants that', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(3), 1));
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    const { states } = await result(id);
    expect(states.waiting).toBeGreaterThanOrEqual(2);
    const before = await charges();
    const { again } = await rig.darkroom.retryBatch(id, { rows: [3] });
    expect(again).toBe(1);
    expect((await result(id)).states.succeeded).toBe(1);
    expect(await charges()).toBe(before + 1);
  });

  it.each([
    [{ do: 'retry', rows: [] }, '"rows" must be places'],
    [{ do: 'retry', rows: [7] }, 'The batch has no row 7'],
    [{ do: 'cancel', rows: 'all' }, '"rows" must be places'],
    [{ do: 'retry' }, 'No row has ended without success'],
    [{ do: 'jump' }, 'Send one of'],
  ])('%j is refused in words', async (steering, words) => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    await expect(rig.darkroom.steerBatch(id, steering as never)).rejects.toThrow(words);
    await result(id);
  });

  it('need the store that the rows are in', async () => {
    const id = newId();
    const rows = await order(await requests(1), 1);
    await rig.darkroom.startBatch(id, rows);
    await result(id);
    rmSync(path.join(rig.config.storeDir, rows.manifest), { recursive: true });
    await expect(rig.darkroom.batchRows(id)).rejects.toThrow('are not in the store of this process');
  });
});
