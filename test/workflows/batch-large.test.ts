import { MAX_ROWS } from '../../src/batches/read-manifest';
import type { BatchStatus } from '../../src/contract/batch';
import type { TrainRequest } from '../../src/contract/request';
import type { RetriedBatch } from '../../src/client/retry-batch';
import { batchesOf } from '../support/batches';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos
/** Of one argument or result, see `limit.blobSize.error` of Temporal. */
const MOST_BYTES = 2 * 1024 ** 2;

describe('a batch of as many rows as there may be', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig();
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, result } = batchesOf(() => rig);

  let id: string;
  let first: BatchStatus;
  beforeAll(async () => {
    const one = await rig.request({});
    const all = Array.from({ length: MAX_ROWS }, (_, n): TrainRequest => ({
      ...one,
      subject: `l-${String(n)}`,
    }));
    id = newId();
    const kept = await order(all, 1);
    await rig.darkroom.startBatch(id, { ...kept, budgetCredits: PRICE, beyondMeans: 'leave-out' });
    first = await result(id);
  });

  it('leaves out what its budget has nothing for', async () => {
    expect(first).toMatchObject({ states: { succeeded: 1, 'left-out': MAX_ROWS - 1 } });
    const last = await rig.darkroom.batchRows(id, { cursor: String(MAX_ROWS - 1) });
    expect(last).toMatchObject({
      rows: [{ row: MAX_ROWS, subject: `l-${String(MAX_ROWS - 1)}` }],
      cursor: null,
    });
  });

  describe('and is retried', () => {
    let retried: RetriedBatch;
    let second: BatchStatus;
    beforeAll(async () => {
      const rows = Array.from({ length: 1000 }, (_, n) => n + MAX_ROWS - 1000);
      retried = await rig.darkroom.retryBatch(id, { rows });
      second = await result(id);
    });

    it('asks again for those rows', () => {
      expect(retried).toMatchObject({ again: 1000, left: [] });
      expect(second).toMatchObject({ states: { succeeded: 1, 'left-out': MAX_ROWS - 1 } });
    });

    it('has a history of few bytes', async () => {
      const sizes = await until('both runs are listed with what their histories weigh', async () => {
        const listed: number[] = [];
        for await (const { historySize = 0 } of rig.client.workflow.list({ query: `WorkflowId = '${id}'` }))
          listed.push(historySize);
        return listed.length >= 2 && listed.every((size) => size > 0) ? listed : null;
      });
      expect(Math.max(...sizes)).toBeLessThan(MOST_BYTES);
    });
  });
});
