import type { BatchOrder } from '../../src/contract/batch';
import { StorageError } from '../../src/storage/port';
import { batchesOf } from '../support/batches';
import { asksForPages, door } from '../support/held-pages';
import { photosIn, writePhotos } from '../support/photos';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const PRICE = 50; // 2 for the upload, 4 for each of 12 photos

/** What the store does when a page of a manifest is read. */
let onPage: () => Promise<'there'> = () => Promise.resolve('there');

describe('a batch that waits for its store', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await createRig({
      sandbox: { pace: { uploadMs: 20, trainMs: 15_000, uploadTtlMs: 3_600_000 } },
      ports: asksForPages(() => onPage()),
    });
    await rig.startWorker();
  });
  afterEach(() => void (onPage = () => Promise.resolve('there')));
  afterAll(() => rig.close());
  const { newId, order, requests, result } = batchesOf(() => rig);

  const start = async (id: string, means: Partial<BatchOrder>, broken: string | null = null) => {
    const all = await requests(2);
    const rows =
      broken === null ? all : all.map((one, n) => (n === 1 ? { ...one, photos: photosIn(broken) } : one));
    await rig.darkroom.startBatch(id, { ...(await order(rows, 10)), ...means });
  };
  /** Reads are held from the given one on. */
  const holdFrom = (first: number) => {
    let reads = 0;
    const { open, opened } = door();
    onPage = async () => {
      reads += 1;
      if (reads >= first) await opened;
      return 'there';
    };
    return { open, isHeld: () => until('a read is held', () => reads >= first) };
  };
  const untilRows = (id: string, states: Record<string, number>) =>
    until(`rows are ${JSON.stringify(states)}`, async () => {
      const now = (await rig.darkroom.batch(id)).states;
      return Object.entries(states).every(([state, count]) => Reflect.get(now, state) === count);
    });

  it('is canceled at once when it goes on, and does not wait for a word first', async () => {
    const id = newId();
    await start(id, {}, 'canceled');
    await untilRows(id, { training: 1, failed: 1 });
    const { open, isHeld } = holdFrom(1);
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [2] });
    await isHeld();
    const [training] = (await rig.darkroom.batchRows(id, { state: 'training' })).rows;
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    // The one that trains, too, long before it has ended by itself, and whatever the batch waits for.
    await rig.untilState(training?.id ?? '', 'canceled');
    open();
    expect((await result(id)).states).toMatchObject({ canceled: 1 });
  });

  it('that was canceled before it had asked for its money does not fail for want of it', async () => {
    const id = newId();
    const { open, isHeld } = holdFrom(1);
    await start(id, { budgetCredits: 1, failsWithRows: true });
    await isHeld();
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    open();
    expect(await result(id)).toMatchObject({ isCanceled: true, creditsSpent: 0 });
  });

  it('starts nothing that waited when it was paused', async () => {
    const id = newId();
    const { open, isHeld } = holdFrom(2); // the first time it is read for the money, and then to start the rows
    await start(id, {});
    await isHeld();
    await rig.darkroom.steerBatch(id, { do: 'pause' });
    open();
    await until('the page was taken in', async () => {
      const { events } = await rig.client.workflow.getHandle(id).fetchHistory();
      const read = events?.findLastIndex((event) => event.activityTaskCompletedEventAttributes) ?? -1;
      const ends = events?.filter((event) => event.activityTaskCompletedEventAttributes).length;
      const taken = events?.slice(read).some((event) => event.workflowTaskCompletedEventAttributes);
      return ends === 2 && taken === true;
    });
    expect(await rig.darkroom.batch(id)).toMatchObject({ isPaused: true, states: { waiting: 2 } });
    await rig.darkroom.steerBatch(id, { do: 'resume' });
    await untilRows(id, { training: 2 });
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    await result(id);
  });

  it('counts what goes on of a run that was terminated, also before it has joined it', async () => {
    const id = newId();
    const [first, second, third, fourth] = await requests(4);
    if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
    await rig.darkroom.startBatch(id, await order([first, second], 2));
    await untilRows(id, { training: 2 });
    await rig.client.workflow.getHandle(id).terminate('by hand');
    const all = [first, second, third, fourth];
    const means = { budgetCredits: 2 * PRICE, beyondMeans: 'leave-out' } as const;
    await rig.darkroom.startBatch(id, { ...(await order(all, 1)), ...means });
    await untilRows(id, { training: 1, waiting: 1, 'left-out': 2 });
    // The second one runs, and the batch has not looked at it yet.
    await rig.darkroom.retryBatch(id, { budgetCredits: 3 * PRICE });
    await untilRows(id, { training: 1, waiting: 2, 'left-out': 1 });
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    await result(id);
  });

  it('pauses when that is not there for good, hears its rows to their ends, and goes on when somebody says so', async () => {
    const id = newId();
    await start(id, {}, 'mended');
    await untilRows(id, { training: 1, failed: 1 });
    onPage = () => Promise.reject(new StorageError('The store is on another disk', 'mend'));
    await rig.darkroom.steerBatch(id, { do: 'retry', rows: [2] });
    await until('it has paused', async () => (await rig.darkroom.batch(id)).isPaused);
    expect((await rig.darkroom.batch(id)).line).toContain(
      'paused, because The store is on another disk; make it usable for the worker · 1 waiting · 1 training',
    );
    await untilRows(id, { succeeded: 1 });
    await writePhotos(rig.config.photosDir, 'mended', 12);
    onPage = () => Promise.resolve('there');
    const resumed = await rig.darkroom.steerBatch(id, { do: 'resume' });
    expect(resumed.line).not.toContain('because');
    await untilRows(id, { succeeded: 1, training: 1 });
    await rig.darkroom.steerBatch(id, { do: 'cancel' });
    expect(await result(id)).toMatchObject({
      states: { succeeded: 1, canceled: 1 },
      creditsSpent: 2 * PRICE,
    });
  });

  it('ends where it has not begun', async () => {
    const id = newId();
    onPage = () => Promise.reject(new StorageError('The store is on another disk', 'mend'));
    await start(id, {});
    await expect(result(id)).rejects.toThrow();
    await expect(rig.darkroom.batch(id)).rejects.toThrow('The store is on another disk');
  });
});
