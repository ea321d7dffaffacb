import type * as SeeRows from '../../src/activities/see-rows';
import { batchesOf } from '../support/batches';
import { door } from '../support/held-pages';
import { addFault } from '../support/ledger';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

let mockBefore: () => Promise<void> = () => Promise.resolve();
let mockAfter: () => Promise<void> = () => Promise.resolve();

/** The activity as it is, which may be held before it looks and before it answers. */
jest.mock('../../src/activities/see-rows', () => {
  const { seeRows } = jest.requireActual<typeof SeeRows>('../../src/activities/see-rows');
  return {
    seeRows: () => {
      const look = seeRows();
      return async (rows: Parameters<typeof look>[0]) => {
        await mockBefore();
        const words = await look(rows);
        await mockAfter();
        return words;
      };
    },
  };
});

describe('a look at the rows of a batch', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 5000, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  it('takes back no retry that came while it looked', async () => {
    const id = newId();
    const untilFailed = until('a row has failed', async () =>
      (await rig.darkroom.batch(id).catch(() => null))?.states.failed === 1 ? true : null,
    );
    const { open: isRetried, opened: retried } = door();
    let hasSeen = false;
    mockBefore = () => untilFailed.then(() => undefined);
    mockAfter = () => {
      hasSeen = true;
      return retried;
    };
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    await rig.darkroom.startBatch(id, { ...(await order(await requests(2), 2)), lookEveryMs: 1 });
    await until('the look has seen it', () => Promise.resolve(hasSeen ? true : null));
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [await failedRow(id)] });
    isRetried();
    expect((await result(id)).states).toEqual({ succeeded: 2 });
  });

  async function failedRow(id: string): Promise<number> {
    const { rows } = await rig.darkroom.batchRows(id, { state: 'failed' });
    return rows[0]?.place ?? 0;
  }
});
