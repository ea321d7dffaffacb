import type { BatchOrder } from '../../src/contract/batch';
import { darkroomOver } from '../../src/client';
import { filesystemStorage } from '../../src/storage/filesystem';
import { batchesOf } from '../support/batches';
import { asksForPages, door } from '../support/held-pages';
import { addFault } from '../support/ledger';
import { photosIn, writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';
import { wholeHistory } from '../support/whole-history';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos
const LEAVE_OUT = 'leave-out' as const;

/** What the store does when a page of a manifest is read. */
let onPage: () => Promise<'there' | 'absent'> = () => Promise.resolve('there');

describe('what a batch may cost', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 1000, uploadTtlMs: 3_600_000 } },
      ports: asksForPages(() => onPage()),
    });
    await rig.startWorker();
  });
  afterEach(() => void (onPage = () => Promise.resolve('there')));
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);
  const start = async (id: string, all: Awaited<ReturnType<typeof requests>>, means: Partial<BatchOrder>) =>
    rig.darkroom.startBatch(id, { ...(await order(all, 10)), beyondMeans: LEAVE_OUT, ...means });
  const charges = async () => (await rig.ledger()).submissions.length;
  const untilRow = (id: string, state: string) =>
    until(`a row of ${id} is ${state}`, async () =>
      Object.hasOwn((await rig.darkroom.batch(id)).states, state) ? true : null,
    );

  it('holds also where a batch that is over is started again', async () => {
    const id = newId();
    const all = await requests(3);
    await start(id, all, { budgetCredits: 2 * PRICE });
    expect((await result(id)).states).toEqual({ succeeded: 2, 'left-out': 1 });
    await start(id, all, { budgetCredits: 2 * PRICE });
    expect(await result(id)).toMatchObject({
      states: { succeeded: 2, 'left-out': 1 },
      line: '3 rows · 2 succeeded · 1 left-out · 100 credits spent of 100',
    });
    await start(id, all, { budgetCredits: 3 * PRICE });
    expect(await result(id)).toMatchObject({ states: { succeeded: 3 }, creditsSpent: 3 * PRICE });
  });

  it('holds also where it was terminated, and is started again', async () => {
    const id = newId();
    const all = await requests(2);
    await start(id, all, { budgetCredits: PRICE + 10 });
    await untilRow(id, 'training');
    await rig.client.workflow.getHandle(id).terminate('by hand');
    await start(id, all, { budgetCredits: PRICE + 10 });
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
  });

  it('holds also for rows of a manifest that it had before', async () => {
    const id = newId();
    const [row, other, mended] = await requests(3);
    if (row === undefined || other === undefined || mended === undefined) return;
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'fail-later' });
    await start(id, [row, other], { budgetCredits: 2 * PRICE, inFlight: 1 });
    expect(await result(id)).toMatchObject({ states: { failed: 1, succeeded: 1 }, creditsSpent: 2 * PRICE });
    await start(id, [other, mended], { budgetCredits: 2 * PRICE });
    expect(await result(id)).toMatchObject({
      states: { succeeded: 1, 'left-out': 1 },
      line: '2 rows · 1 succeeded · 1 left-out · 100 credits spent of 100',
    });
    await rig.darkroom.retryBatch(id);
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
    await rig.darkroom.retryBatch(id, { budgetCredits: 3 * PRICE });
    expect(await result(id)).toMatchObject({ states: { succeeded: 2 }, creditsSpent: 3 * PRICE });
  });

  it('holds also for a row that a person has adopted since', async () => {
    const id = newId();
    const all = await requests(3);
    await start(id, all, { budgetCredits: 2 * PRICE, inFlight: 1 });
    await untilRow(id, 'training');
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    const first = row?.id ?? '';
    const { trainingId } = await rig.darkroom.status(first);
    await rig.darkroom.cancelRows(id, [1]);
    expect(await result(id)).toMatchObject({ states: { canceled: 1, succeeded: 1, 'left-out': 1 } });
    await rig.darkroom.adopt(first, trainingId ?? '');
    expect(await rig.darkroom.result(first)).toMatchObject({ state: 'succeeded' });
    for (const again of ['run', 'retry']) {
      if (again === 'run') await start(id, all, { budgetCredits: 2 * PRICE });
      else await rig.darkroom.retryBatch(id);
      expect(await result(id)).toMatchObject({
        states: { succeeded: 2, 'left-out': 1 },
        creditsSpent: 2 * PRICE,
      });
    }
  });

  it('counts a submission that a person had repeated also when it is started again', async () => {
    const id = newId();
    const all = await requests(2);
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    await start(id, all, { budgetCredits: 3 * PRICE, inFlight: 1 });
    await untilRow(id, 'needs-decision');
    const row = (await rig.darkroom.batchRows(id, { state: 'needs-decision' })).rows[0]?.id ?? '';
    await untilRow(id, 'succeeded');
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'refuse' });
    await rig.darkroom.decide(row, { decision: 'retry', acceptSecondCharge: true });
    expect(await rig.darkroom.result(row)).toMatchObject({
      state: 'failed',
      charge: 'unknown',
      credits: { spent: 2, reserved: 48 },
    });
    await result(id);
    const more = [...all, ...(await requests(1, { subject: 's-more' }))];
    const paid = (await rig.darkroom.batch(id)).creditsSpent + 48;
    await start(id, more, { budgetCredits: paid + PRICE - 1 });
    expect((await result(id)).states).toMatchObject({ 'left-out': 1 });
    await start(id, more, { budgetCredits: paid + PRICE });
    expect((await result(id)).states).not.toHaveProperty('left-out');
  });

  it('is used up once by a row that an operator has reset', async () => {
    const id = newId();
    const all = await requests(2);
    await start(id, all, { budgetCredits: PRICE });
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    const training = rig.client.workflow.getHandle(row?.id ?? '');
    const events = await wholeHistory(rig.client, row?.id ?? '');
    const submitted = events.findLast(
      ({ activityTaskScheduledEventAttributes: scheduled }) =>
        scheduled?.activityType?.name === 'submitOnRecord',
    )?.activityTaskScheduledEventAttributes?.workflowTaskCompletedEventId;
    await rig.client.workflowService.resetWorkflowExecution({
      namespace: rig.access.namespace,
      workflowExecution: { workflowId: row?.id ?? '', runId: (await training.describe()).runId },
      reason: 'a test',
      requestId: id,
      workflowTaskFinishEventId: submitted ?? null,
    });
    await rig.darkroom.result(row?.id ?? '');
    // What it costs is asked for where it is started again, and where it is tried again.
    await start(id, all, { budgetCredits: 2 * PRICE - 1 });
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
    await rig.darkroom.retryBatch(id, { budgetCredits: 2 * PRICE });
    expect((await result(id)).states).toEqual({ succeeded: 2 });
  });

  it('is not used up by what another batch has paid', async () => {
    const all = await requests(4);
    const [first, second, third, fourth] = all;
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    const earlier = newId();
    await start(earlier, [first, second], {});
    await result(earlier);
    const id = newId();
    const photos = photosIn('later');
    await start(id, [first, second, third, { ...fourth, photos }], { budgetCredits: 2 * PRICE });
    expect(await result(id)).toMatchObject({
      states: { succeeded: 3, failed: 1 },
      creditsSpent: PRICE,
      line: '4 rows · 3 succeeded · 1 failed · 50 credits spent of 100 · 100 by others',
    });
    expect((await rig.darkroom.batchRows(id)).rows.map(({ creditsSpent }) => creditsSpent)).toEqual([
      PRICE,
      PRICE,
      PRICE,
      0,
    ]);
    await writePhotos(rig.config.photosDir, 'later', 12);
    await rig.darkroom.retryBatch(id);
    expect(await result(id)).toMatchObject({ states: { succeeded: 4 }, creditsSpent: 2 * PRICE });
  });

  it.each([
    [
      'of which nobody knows whether it was charged',
      'failed',
      (id: string) => rig.darkroom.decide(id, { decision: 'abandon' }),
      48,
    ],
    [
      'that was terminated',
      'terminated',
      (id: string) => rig.client.workflow.getHandle(id).terminate('by hand'),
      0,
    ],
    [
      'that a person had submitted a second time',
      'succeeded',
      (id: string) => rig.darkroom.decide(id, { decision: 'retry', acceptSecondCharge: true }),
      48,
    ],
  ] as const)('counts a row %s', async (_which, state, decide, unknown) => {
    const id = newId();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    await start(id, await requests(2), { budgetCredits: PRICE, lookEveryMs: 500 });
    await untilRow(id, 'needs-decision');
    const [row] = (await rig.darkroom.batchRows(id)).rows;
    await decide(row?.id ?? '');
    const status = await result(id);
    expect(status.states).toEqual({ [state]: 1, 'left-out': 1 });
    if (unknown > 0) expect(status.line).toContain(`${String(unknown)} more perhaps`);
    const before = await charges();
    const spent = state === 'succeeded' ? 2 * PRICE - 2 : PRICE;
    const { left } = await rig.darkroom.retryBatch(id, { budgetCredits: spent + PRICE - 1 });
    expect(left).toHaveLength(state === 'succeeded' ? 0 : 1);
    expect((await result(id)).states).toEqual({ [state]: 1, 'left-out': 1 });
    expect(await charges()).toBe(before);
    await rig.darkroom.retryBatch(id, { budgetCredits: spent + PRICE });
    expect((await result(id)).states).not.toHaveProperty('left-out');
  });

  it('is not set free by a retry of a row that was terminated', async () => {
    const id = newId();
    await addFault(rig.sandbox.url, { endpoint: 'train', kind: 'reset-after' });
    await start(id, await requests(2), { inFlight: 1, lookEveryMs: 300 });
    await untilRow(id, 'needs-decision');
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    const { rows } = await rig.darkroom.batchRows(id, { state: 'needs-decision' });
    await rig.client.workflow.getHandle(rows[0]?.id ?? '').terminate('by hand');
    await untilRow(id, 'terminated');
    await expect(rig.darkroom.steerBatch(id, { do: 'retry' })).rejects.toThrow('nothing to retry');
    await expect(rig.darkroom.steerBatch(id, { do: 'retry', rows: [1] })).rejects.toThrow(
      'Row 1 was terminated, and nobody can say what it has cost',
    );
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    expect((await result(id)).states).toEqual({ terminated: 1, succeeded: 1 });
  });

  it('counts a row that others had started, and that it starts itself when nobody knows it any more', async () => {
    const all = await requests(1);
    const earlier = newId();
    await start(earlier, all, {});
    await untilRow(earlier, 'normalizing');
    await rig.darkroom.steerBatch(earlier, { do: 'cancel' });
    await result(earlier);
    const [row] = (await rig.darkroom.batchRows(earlier)).rows;
    const id = newId();
    await start(id, all, {});
    expect(await result(id)).toMatchObject({ states: { canceled: 1 }, creditsSpent: 0 });
    await rig.client.workflowService.deleteWorkflowExecution({
      namespace: rig.access.namespace,
      workflowExecution: { workflowId: row?.id ?? '' },
    });
    await until('it is forgotten', () =>
      rig.client.workflow
        .getHandle(row?.id ?? '')
        .describe()
        .then(
          () => false,
          () => true,
        ),
    );
    await rig.darkroom.retryBatch(id);
    expect(await result(id)).toMatchObject({ states: { succeeded: 1 }, creditsSpent: PRICE });
    expect((await rig.darkroom.batch(id)).line).not.toContain('by others');
  });

  it('is what was said last, also when it is over', async () => {
    const id = newId();
    const all = await requests(2);
    const photos = photosIn('said-last');
    await start(id, [...all.slice(0, 1), ...all.slice(1).map((one) => ({ ...one, photos }))], {
      budgetCredits: 10 * PRICE,
    });
    await untilRow(id, 'failed');
    await rig.darkroom.retryBatch(id, { budgetCredits: PRICE });
    expect(await result(id)).toMatchObject({ states: { succeeded: 1, 'left-out': 1 }, budgetCredits: PRICE });
    await writePhotos(rig.config.photosDir, 'said-last', 12);
    expect(await rig.darkroom.retryBatch(id)).toMatchObject({ again: 1 });
    expect(await result(id)).toMatchObject({ states: { succeeded: 1, 'left-out': 1 }, budgetCredits: PRICE });
  });

  it('may be changed alone, and what waits has to fit into it', async () => {
    const id = newId();
    await start(id, await requests(2), { inFlight: 1 });
    await untilRow(id, 'training');
    expect(await rig.darkroom.retryBatch(id, { budgetCredits: PRICE })).toMatchObject({ again: 0, left: [] });
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
    await expect(rig.darkroom.steerBatch(id, { do: 'retry', rows: [] })).rejects.toThrow();
  });

  it('may be changed while rows are being started', async () => {
    const id = newId();
    let pages = 0;
    const { open, opened } = door();
    onPage = async () => {
      pages += 1;
      // The first time it is read for the budget, and the second time to start the rows.
      if (pages === 2) await opened;
      return 'there';
    };
    await start(id, await requests(3), {});
    await until('its rows are being started', () => Promise.resolve(pages === 2 ? true : null));
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [], budgetCredits: PRICE });
    open();
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 2 });
  });

  it('goes on where a worker of another store took its page', async () => {
    const id = newId();
    let reads = 0;
    onPage = () => Promise.resolve((reads += 1) === 2 ? 'absent' : 'there');
    await start(id, await requests(1), {});
    expect((await result(id)).states).toEqual({ succeeded: 1 });
    expect(reads).toBe(3);
  });

  it('is not what it was before somebody else has retried it', async () => {
    const id = newId();
    const all = await requests(2);
    await start(id, all, { budgetCredits: PRICE });
    await result(id);
    const { open, opened } = door();
    const store = filesystemStorage(rig.config.storeDir);
    let isReading = false;
    const slow = darkroomOver(rig.client, {
      async readStore(key) {
        isReading = true;
        await opened;
        return store.get(key);
      },
    });
    const late = slow.retryBatch(id).then(
      () => 'started',
      (error: unknown) => String(error),
    );
    await until('the first one reads', () => Promise.resolve(isReading ? true : null));
    await rig.darkroom.retryBatch(id);
    expect((await result(id)).states).toEqual({ succeeded: 1, 'left-out': 1 });
    open();
    expect(await late).toContain(`The batch ${id} has just been started again`);
  });
});
