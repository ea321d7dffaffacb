import { keepManifest } from '../../src/batches/keep-manifest';
import type { BatchStatus } from '../../src/contract/batch';
import type { TrainRequest } from '../../src/contract/request';
import { filesystemStorage } from '../../src/storage/filesystem';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

describe('a batch', () => {
  let rig: Rig;
  let number = 0;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 700, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());

  const charges = async () => (await rig.ledger()).submissions.length;
  const requests = async (count: number): Promise<TrainRequest[]> =>
    Promise.all(Array.from({ length: count }, (_, n) => rig.request({ subject: `s-${String(n)}` })));
  const order = async (all: readonly TrainRequest[], inFlight: number) => {
    const { manifest, rows: count, pages } = await keepManifest(all, filesystemStorage(rig.config.storeDir));
    return { manifest, rows: count, pages, inFlight };
  };
  const newId = () => {
    const id = `batch-${String(process.pid)}-${String((number += 1))}`;
    rig.remember(id);
    return id;
  };
  /** Replayed at the end, as the batch is. */
  const rememberRows = async (id: string) => {
    for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
      rig.remember(workflowId);
  };
  const result = async (id: string) => {
    const status = (await rig.client.workflow.getHandle(id).result()) as BatchStatus;
    await rememberRows(id);
    return status;
  };

  it('trains every row once, a few at a time, over histories that start over; the same again does nothing', async () => {
    const all = await requests(12);
    all[3] = { ...(all[3] as TrainRequest), photos: ['file:nowhere.jpg'] };
    const whole = await order(all, 4);
    const id = newId();
    const before = await charges();
    expect(await rig.darkroom.startBatch(id, whole)).toBe('started');
    let most = 0;
    const over = result(id);
    await until('it is over', async () => {
      const status = await rig.darkroom.batch(id);
      const { training = 0, normalizing = 0 } = status.states;
      most = Math.max(most, training + normalizing);
      return (status.states.succeeded ?? 0) + (status.states.failed ?? 0) === 12 ? true : null;
    });
    expect(most).toBeLessThanOrEqual(4);
    expect(await over).toMatchObject({
      rows: 12,
      states: { succeeded: 11, failed: 1 },
      creditsSpent: 550,
    });
    expect(await charges()).toBe(before + 11);
    const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
    expect(events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId).toBeTruthy();

    expect(await rig.darkroom.startBatch(id, whole)).toBe('started');
    expect(await result(id)).toMatchObject({
      states: { succeeded: 11, failed: 1 },
      creditsSpent: 550,
    });
    expect(await charges()).toBe(before + 11);
  });

  it('joins what another manifest has trained, and trains only what was mended', async () => {
    const all = await requests(3);
    const broken = all.map((one, n) => (n === 1 ? { ...one, photos: ['file:nowhere.jpg'] } : one));
    const [first, second] = [newId(), newId()];
    await rig.darkroom.startBatch(first, await order(broken, 3));
    expect((await result(first)).states).toEqual({ succeeded: 2, failed: 1 });
    const before = await charges();
    await rig.darkroom.startBatch(second, await order(all, 3));
    expect(await result(second)).toMatchObject({ states: { succeeded: 3 }, creditsSpent: 50 });
    expect(await charges()).toBe(before + 1);
  });

  it('that was stopped says so, and another manifest does not join one that runs', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(2), 1));
    await expect(rig.darkroom.startBatch(id, await order(await requests(1), 1))).rejects.toThrow(
      `The batch ${id} runs with another manifest`,
    );
    await rig.client.workflow.getHandle(id).terminate('by hand');
    await expect(rig.darkroom.batch(id)).rejects.toThrow(`The batch ${id} was stopped`);
    await rememberRows(id);
  });

  it('takes no id that belongs to a training, also of one that is over', async () => {
    const [request] = await requests(1);
    const id = `batch-${String(process.pid)}-no-batch`;
    await rig.darkroom.train(request as TrainRequest, { id });
    await expect(rig.darkroom.startBatch(id, await order(await requests(1), 1))).rejects.toThrow(
      `The id ${id} belongs to a training`,
    );
    await rig.darkroom.result(id);
    rig.remember(id);
    await expect(rig.darkroom.startBatch(id, await order(await requests(1), 1))).rejects.toThrow(
      `The id ${id} belongs to a training`,
    );
  });

  it('keeps its id from trainings, also when it is over', async () => {
    const id = newId();
    const [request] = await requests(1);
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    const train = () => rig.darkroom.train(request as TrainRequest, { id });
    await expect(train()).rejects.toThrow(`The id ${id} belongs to`);
    await result(id);
    await expect(train()).rejects.toThrow(`The id ${id} belongs to`);
  });

  it('pauses and goes on, and is canceled with what is under way', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(4), 1));
    expect(await rig.darkroom.steerBatch(id, { do: 'pause' })).toMatchObject({ isPaused: true });
    const resting = await until('what was under way is over', async () => {
      const status = await rig.darkroom.batch(id);
      return (status.states.waiting ?? 0) + (status.states.succeeded ?? 0) === 4 ? status : null;
    });
    expect(resting.states.waiting).toBeGreaterThanOrEqual(3);
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    await until('another has begun', async () =>
      ((await rig.darkroom.batch(id)).states.waiting ?? 4) < (resting.states.waiting ?? 0) ? true : null,
    );
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    const status = await result(id);
    expect(status.isCanceled).toBe(true);
    expect(status.states.waiting).toBeGreaterThanOrEqual(1);
    await expect(rig.darkroom.steerBatch(id, { do: 'pause' })).rejects.toThrow(`The batch ${id} is over`);
    await expect(rig.darkroom.batch(`${id}-nobody`)).rejects.toThrow('There is no batch with the id');
  });

  it('waits for a person without holding up the other rows', async () => {
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(3), 1));
    const status = await until('one waits for a person, and the others are done', async () => {
      const now = await rig.darkroom.batch(id);
      return now.states.succeeded === 2 ? now : null;
    });
    expect(status.states).toEqual({ 'needs-decision': 1, succeeded: 2 });
    await rig.client.workflow.getHandle(id).cancel();
    expect(await result(id)).toMatchObject({ isCanceled: true, states: { canceled: 1, succeeded: 2 } });
  });
});
