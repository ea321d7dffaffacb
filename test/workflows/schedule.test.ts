import { keepManifest } from '../../src/batches/keep-manifest';
import type { BatchStatus } from '../../src/contract/batch';
import type { SchedulePlan, ScheduledRows, ScheduleStatus } from '../../src/contract/schedule';
import type { TrainRequest } from '../../src/contract/request';
import { filesystemStorage } from '../../src/storage/filesystem';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const MINUTE_MS = 60_000;
const NEVER_SOON = { cron: ['0 0 1 1 *'] };

describe('a schedule', () => {
  let rig: Rig;
  let name = '';
  let number = 0;
  beforeAll(async () => {
    rig = await createRig({ sandbox: { pace: { uploadMs: 20, trainMs: 700, uploadTtlMs: 3_600_000 } } });
    await rig.startWorker();
  });
  beforeEach(() => {
    name = `night-${String(process.pid)}-${String((number += 1))}`;
  });
  afterEach(async () => {
    for (const one of await rig.darkroom.schedules.list())
      if (one.name.startsWith(`night-${String(process.pid)}`)) await rig.darkroom.schedules.delete(one.name);
    // Replayed at the end, as all that they have started.
    const started = [`TemporalScheduledById = '${name}'`];
    for await (const { workflowId } of rig.client.workflow.list({ query: started[0] ?? '' })) {
      rig.remember(workflowId);
      started.push(workflowId);
    }
    for (const id of started.slice(1))
      for await (const { workflowId } of rig.client.workflow.list({ query: `DarkroomBatch = '${id}'` }))
        rig.remember(workflowId);
  });
  afterAll(() => rig.close());

  const charges = async () => (await rig.ledger()).submissions.length;
  const kept = async (all: readonly TrainRequest[]): Promise<ScheduledRows> => {
    const { manifest, rows, pages } = await keepManifest(all, filesystemStorage(rig.config.storeDir));
    return { manifest, rows, pages };
  };
  const create = (plan: SchedulePlan) => rig.darkroom.schedules.create(name, plan);
  const get = () => rig.darkroom.schedules.get(name);
  const showing = (what: string, is: (schedule: ScheduleStatus) => boolean) =>
    until(what, async () => {
      const schedule = await get();
      return is(schedule) ? schedule : null;
    });

  it('fires by itself, starts no second batch beside the first, and trains each row once', async () => {
    const before = await charges();
    await create({
      times: { every: ['1s'] },
      rows: await kept([await rig.request(), await rig.request({ subject: 's-2' })]),
      inFlight: 1,
    });
    const { runs } = await showing(
      'a second batch is over, and some were skipped meanwhile',
      (one) =>
        one.skippedByOverlap > 0 && one.runs.filter(({ outcome }) => outcome === 'completed').length >= 2,
    );
    expect(runs[0]).toMatchObject({
      outcome: 'completed',
      status: { rows: 2, states: { succeeded: 2 }, creditsSpent: 100 },
    });
    expect(runs[0]?.id).toMatch(new RegExp(`^${name}-\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$`));
    expect(await charges()).toBe(before + 2);
    expect(await rig.darkroom.batch(runs[0]?.id ?? '')).toMatchObject({ states: { succeeded: 2 } });
  });

  it('has safe defaults, keeps what an update does not name, and is ours alone', async () => {
    const rows = await kept([await rig.request()]);
    await create({ times: NEVER_SOON, rows });
    expect(await get()).toMatchObject({
      overlap: 'skip',
      catchUpMs: 3_600_000,
      jitterMs: 0,
      timezone: 'UTC',
      inFlight: 10,
      pauseOnFailure: false,
      isPaused: false,
      trains: '1 rows',
      times: ['0 0 1 1 *'],
      runs: [],
    });
    await expect(create({ times: NEVER_SOON, rows })).rejects.toThrow(`There is a schedule ${name} already`);
    await rig.darkroom.schedules.pause(name, 'the provider is on holiday');
    await rig.darkroom.schedules.update(name, {
      times: { calendar: [{ hour: '5', dayOfWeek: 'mon-fri' }] },
      timezone: 'Asia/Tokyo',
      overlap: 'buffer-one',
      jitterMs: MINUTE_MS,
    });
    await rig.darkroom.schedules.update(name, { pauseOnFailure: true, inFlight: 3 });
    expect(await get()).toMatchObject({
      overlap: 'buffer-one',
      catchUpMs: 3_600_000,
      jitterMs: MINUTE_MS,
      timezone: 'Asia/Tokyo',
      inFlight: 3,
      pauseOnFailure: true,
      isPaused: true,
      note: 'the provider is on holiday',
      trains: '1 rows',
      times: ['hour=5 dayOfWeek=mon-fri'],
    });
    await expect(rig.darkroom.schedules.update(name, { timezone: 'Nowhere' })).rejects.toThrow(
      'There is no time zone "Nowhere"',
    );
    await expect(rig.darkroom.schedules.get(`${name}-none`)).rejects.toThrow(
      'There is no schedule of batches',
    );
    const foreign = await rig.client.schedule.create({
      scheduleId: `foreign-${name}`,
      spec: { intervals: [{ every: '1d' }] },
      action: { type: 'startWorkflow', workflowType: 'somebodyElses', taskQueue: 'theirs' },
    });
    try {
      await expect(rig.darkroom.schedules.delete(foreign.scheduleId)).rejects.toThrow(
        'There is no schedule of',
      );
      expect((await rig.darkroom.schedules.list()).map((one) => one.name)).not.toContain(foreign.scheduleId);
    } finally {
      await foreign.delete();
    }
  });

  it('is triggered by hand, also where it is paused, and not beside a batch that runs', async () => {
    await create({ times: NEVER_SOON, rows: await kept([await rig.request()]), isPaused: true });
    const { id } = await rig.darkroom.schedules.trigger(name);
    expect(id).toContain(name);
    await expect(rig.darkroom.schedules.trigger(name)).rejects.toThrow(
      `${String(id)} of the schedule ${name} runs`,
    );
    await showing('it is over', ({ runs }) => runs[0]?.outcome === 'completed');
  });

  it('pauses when a row did not succeed, where that was asked for', async () => {
    const wrong = { ...(await rig.request()), photos: ['file:nowhere.jpg'] };
    const rows = await kept([await rig.request(), wrong]);
    await create({ times: NEVER_SOON, rows, pauseOnFailure: true });
    const { id } = await rig.darkroom.schedules.trigger(name);
    const { runs, note } = await showing('it has paused', ({ isPaused }) => isPaused);
    expect(note).not.toBe('');
    expect(runs).toMatchObject([
      {
        id,
        outcome: 'rows-failed',
        status: { states: { succeeded: 1, failed: 1 } },
        message: `1 of 2 rows did not succeed; darkroom batch show ${String(id)} says how they ended`,
      },
    ]);
    // It is over, and no accident.
    expect(await rig.darkroom.batch(id ?? '')).toMatchObject({ states: { succeeded: 1, failed: 1 } });
    await rig.darkroom.schedules.resume(name, 'mended');
    expect(await get()).toMatchObject({ isPaused: false, note: 'mended' });
  });

  it('makes up for a range, one batch after the other, and not twice', async () => {
    const now = Date.now();
    const before = await charges();
    await create({ times: { every: ['1m'] }, rows: await kept([await rig.request()]), isPaused: true });
    const range = { from: new Date(now - 4 * MINUTE_MS), to: new Date(now - MINUTE_MS) };
    const { times } = await rig.darkroom.schedules.backfill(name, range);
    expect(times).toHaveLength(3);
    const { runs } = await showing(
      'all of them are over',
      (one) => one.runs.length === 3 && one.runs.every(({ outcome }) => outcome === 'completed'),
    );
    expect(runs.map(({ scheduledAt }) => scheduledAt)).toEqual(times);
    expect(await charges()).toBe(before + 1);
    await expect(rig.darkroom.schedules.backfill(name, range)).rejects.toThrow(
      '3 of 3 times of this backfill have been started already',
    );
    const { schedules } = rig.darkroom;
    await expect(schedules.backfill(name, { from: range.to, to: range.from })).rejects.toThrow('swap them');
    await expect(
      schedules.backfill(name, { from: range.from, to: new Date(now + MINUTE_MS) }),
    ).rejects.toThrow('which is yet to come');
    const instant = new Date(Math.floor(now / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS + 1000);
    await expect(schedules.backfill(name, { from: instant, to: instant })).rejects.toThrow(
      'No time of the schedule',
    );
    await expect(
      schedules.backfill(name, { from: new Date(now - 1001 * MINUTE_MS), to: new Date(now) }),
    ).rejects.toThrow('more than 1000 times');
  });

  it('takes no backfill while another one is under way', async () => {
    const now = Date.now();
    await create({ times: { every: ['1m'] }, rows: await kept([await rig.request()]), isPaused: true });
    const { schedules } = rig.darkroom;
    await schedules.backfill(name, { from: new Date(now - 4 * MINUTE_MS), to: new Date(now - MINUTE_MS) });
    await expect(
      schedules.backfill(name, { from: new Date(now - 9 * MINUTE_MS), to: new Date(now - MINUTE_MS) }),
    ).rejects.toThrow(/wait for their turn already|have been started already/);
    await showing(
      'all of them are over',
      (one) => one.runs.length === 3 && one.runs.every(({ outcome }) => outcome === 'completed'),
    );
  });

  it('makes up for both ends of a range, whatever the jitter', async () => {
    const rows = await kept([await rig.request()]);
    const to = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
    const range = { from: new Date(to - 3 * MINUTE_MS), to: new Date(to) };
    await create({ times: { every: ['1m'] }, rows, isPaused: true, jitterMs: MINUTE_MS / 2 });
    expect((await rig.darkroom.schedules.backfill(name, range)).times).toHaveLength(4);
    const { runs } = await showing(
      'all of them are over',
      (one) => one.runs.length >= 4 && one.runs.every(({ outcome }) => outcome === 'completed'),
    );
    const nominal = [3, 2, 1, 0].map((ago) => new Date(to - ago * MINUTE_MS).toISOString().slice(0, 19));
    expect(runs.map(({ id }) => id)).toEqual(nominal.map((at) => `${name}-${at}Z`));
    await expect(rig.darkroom.schedules.backfill(name, range)).rejects.toThrow('4 of 4 times');
  });

  it('that cancels the batch before it is not paused by that', async () => {
    const wrong = { ...(await rig.request()), photos: ['file:nowhere.jpg'] };
    const rows = await kept([...(await Promise.all([1, 2, 3].map(() => rig.request()))), wrong]);
    await create({
      times: { every: ['1s'] },
      rows,
      inFlight: 1,
      overlap: 'cancel-other',
      pauseOnFailure: true,
    });
    const { isPaused } = await showing(
      'two were canceled',
      ({ runs }) => runs.filter(({ status }) => status?.isCanceled === true).length >= 2,
    );
    expect(isPaused).toBe(false);
    await rig.darkroom.schedules.pause(name, '');
  });

  it('that is canceled with what it started completes, and does not pause', async () => {
    const rows = await kept([await rig.request()]);
    await create({ times: NEVER_SOON, rows, pauseOnFailure: true, inFlight: 1 });
    const { id } = await rig.darkroom.schedules.trigger(name);
    await until('it can be steered', () =>
      rig.darkroom.steerBatch(id ?? '', { do: 'cancel' }).catch(() => null),
    );
    const status = (await rig.client.workflow.getHandle(id ?? '').result()) as BatchStatus;
    expect(status.isCanceled).toBe(true);
    expect((await showing('it has ended', ({ runs }) => runs[0]?.outcome === 'completed')).isPaused).toBe(
      false,
    );
  });
});
