import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

describe('a batch in trouble', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 3000, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);
  const under = async (id: string) => {
    const { waiting = 0, ...others } = (await rig.darkroom.batch(id)).states;
    return { waiting, started: Object.values(others).reduce((sum, count) => sum + count, 0) };
  };

  it('that is canceled in Temporal while rows start, starts no more and waits for the ends of those that it has', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(45), 45));
    await until('some have started', async () => ((await under(id)).started > 0 ? true : null));
    await rig.client.workflow.getHandle(id).cancel();
    const { states, isCanceled, rows } = await result(id);
    expect(isCanceled).toBe(true);
    const { waiting = 0, succeeded = 0, canceled = 0 } = states;
    expect(waiting + succeeded + canceled).toBe(rows);
    expect(canceled).toBeGreaterThan(0);
    await until('none of them runs', async () => {
      const query = `DarkroomBatch = '${id}' AND ExecutionStatus = 'Running'`;
      const { count } = await rig.client.workflow.count(query);
      return count === 0 ? true : null;
    });
  });

  it('that somebody starts by hand trains ten at once where nothing is said, and fails where it has no rows', async () => {
    const start = (id: string, args: unknown[]) =>
      rig.client.workflow.start('trainBatch', { workflowId: id, taskQueue: 'darkroom', args });
    const { manifest, rows, pages } = await order(await requests(2), 1);
    const id = newId();
    await start(id, [{ manifest, rows, pages }]);
    expect(await result(id)).toMatchObject({ inFlight: 10, states: { succeeded: 2 } });
    for (const args of [
      [],
      [null],
      [{}],
      [{ everyFolder: 'file:people' }],
      [{ manifest, rows: 2 }],
      [{ manifest, rows: -1, pages }],
    ]) {
      const wrong = newId();
      await start(wrong, args);
      await expect(result(wrong)).rejects.toMatchObject({ cause: { type: 'InvalidRequest' } });
    }
  });

  it('names its trainings from their first moment, before any worker has begun them', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(1), 1));
    const [row] = (await rig.darkroom.batchRows(id, {})).rows;
    await result(id);
    const beginning = async (runId?: string) => {
      const { events } = await rig.client.workflow.getHandle(row?.id ?? '', runId).fetchHistory();
      return events?.[0]?.workflowExecutionStartedEventAttributes;
    };
    const first = (await beginning())?.firstExecutionRunId ?? '';
    const { searchAttributes } = (await beginning(first)) ?? {};
    expect(Object.keys(searchAttributes?.indexedFields ?? {})).toEqual(['DarkroomBatch']);
  });

  it('starts more rows at once than it asks for together', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, await order(await requests(24), 1000));
    expect(await result(id)).toMatchObject({ states: { succeeded: 24 }, creditsSpent: 24 * 50 });
  });

  it('whose row was terminated by hand hears of it when it looks, and of no row what is not so', async () => {
    const id = newId();
    await rig.darkroom.startBatch(id, { ...(await order(await requests(2), 2)), lookEveryMs: 1000 });
    const [row] = (await rig.darkroom.batchRows(id, { limit: 1 })).rows;
    const handle = rig.client.workflow.getHandle(row?.id ?? '');
    await until('it has begun', () =>
      handle.describe().then(
        () => true,
        () => null,
      ),
    );
    await handle.terminate('by hand');
    expect((await result(id)).states).toEqual({ succeeded: 1, terminated: 1 });
    // What it has cost nobody can say, so it is left.
    expect(await rig.darkroom.retryBatch(id)).toMatchObject({
      again: 0,
      left: [{ row: 1, state: 'terminated', why: 'nobody can say what it has cost' }],
    });
    const { outcomes } = await rig.darkroom.batchReport(id);
    expect(outcomes).toEqual({ done: 1, terminated: 1 });
  });
});
