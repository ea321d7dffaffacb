import type { Overlap } from '../../src/contract/schedule';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

/** As a rule that finds nobody new: the batch itself is what counts here. */
const NOBODY = { manifest: 'batches/none', rows: 0, pages: [] };
const NEVER_SOON = { cron: ['0 0 1 1 *'] };
/** So many times come while the first batch runs. */
const TIMES = 3;
/** A schedule tells of its last ten. */
const SHOWN = 10;

interface Counts {
  taken: number;
  running: number;
  waiting: number;
  skipped: number;
}

describe('a schedule whose time comes while its batch runs', () => {
  let rig: Rig;
  beforeAll(async () => void (rig = await createRig()));
  afterAll(() => rig.close());

  it.each<[Overlap, (counts: Counts) => boolean, number | 'all']>([
    ['skip', ({ skipped, waiting }) => skipped >= TIMES && waiting === 0, 1],
    ['buffer-one', ({ skipped, waiting }) => skipped >= TIMES && waiting === 1, 2],
    ['buffer-all', ({ skipped, waiting }) => skipped === 0 && waiting >= TIMES, 'all'],
    ['allow-all', ({ skipped, taken }) => skipped === 0 && taken > TIMES, 'all'],
  ])('%s', async (overlap, isSo, batches) => {
    const name = `overlap-${overlap}-${String(process.pid)}`;
    const { schedules } = rig.darkroom;
    const counts = async (): Promise<Counts> => {
      const { info, raw } = await rig.client.schedule.getHandle(name).describe();
      return {
        taken: info.numActionsTaken,
        running: info.runningActions.length,
        waiting: raw.info?.bufferSize?.toNumber() ?? 0,
        skipped: info.numActionsSkippedOverlap,
      };
    };
    // Without a worker the first batch runs for as long as it shall.
    await schedules.create(name, { times: { every: ['1s'] }, rows: NOBODY, overlap });
    await until('its time has come while it ran', async () => (isSo(await counts()) ? true : null));
    if (overlap !== 'allow-all') expect(await counts()).toMatchObject({ taken: 1, running: 1 });
    await schedules.update(name, { times: NEVER_SOON });
    const { taken, waiting } = await counts();

    const stop = await rig.startWorker();
    const ended = await until('all that was started is over, and nothing waits', async () => {
      const now = await counts();
      const { runs } = await schedules.get(name);
      const isOver =
        runs.length === Math.min(now.taken, SHOWN) && runs.every(({ outcome }) => outcome === 'completed');
      return isOver && now.waiting === 0 ? { runs, taken: now.taken } : null;
    });
    await stop();
    expect(ended.taken).toBe(batches === 'all' ? taken + waiting : batches);
    await schedules.delete(name);
    for (const { id } of ended.runs) rig.remember(id);
  });

  it('takes no trigger beside one that waits', async () => {
    const name = `overlap-trigger-${String(process.pid)}`;
    const { schedules } = rig.darkroom;
    await schedules.create(name, { times: NEVER_SOON, rows: NOBODY, overlap: 'buffer-one' });
    const { id } = await schedules.trigger(name);
    expect(id).not.toBeNull();
    expect(await schedules.trigger(name)).toEqual({ id: null });
    await expect(schedules.trigger(name)).rejects.toThrow(`waits for the end of ${String(id)} already`);
    const stop = await rig.startWorker();
    const runs = await until('both are over', async () => {
      const { runs: all } = await schedules.get(name);
      return all.length === 2 && all.every(({ outcome }) => outcome === 'completed') ? all : null;
    });
    await stop();
    await schedules.delete(name);
    for (const run of runs) rig.remember(run.id);
  });
});
