import { backfillSchedule } from '../../src/client/backfill-schedule';
import { startedOf } from '../../src/client/started-already';
import { endIfRunning } from '../support/end-if-running';
import { createRig, type Rig } from '../support/rig';
import { until } from '../support/until';

const DAY_MS = 86_400_000;
const ROWS = { manifest: 'batches/none', rows: 0, pages: [] };

describe('a backfill', () => {
  let rig: Rig;
  let name = '';
  let number = 0;
  beforeAll(async () => void (rig = await createRig()));
  beforeEach(() => void (name = `backfill-${String(process.pid)}-${String((number += 1))}`));
  afterEach(async () => {
    await rig.client.schedule.getHandle(name).delete();
    // No worker runs: nothing of them has a history that could be replayed.
    for (const id of await running()) await endIfRunning(rig.client.workflow.getHandle(id));
  });
  afterAll(() => rig.close());

  const create = (times: { cron?: string[]; every?: string[] }) =>
    rig.darkroom.schedules.create(name, { times, rows: ROWS, isPaused: true });
  const from = (text: string, to = '2026-03-01T00:00:00Z') =>
    rig.darkroom.schedules.backfill(name, { from: new Date(text), to: new Date(to) });
  const taken = async () => (await rig.client.schedule.getHandle(name).describe()).info.numActionsTaken;

  const running = async () => {
    const ids: string[] = [];
    const query = `WorkflowType = 'trainBatch' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of rig.client.workflow.list({ query }))
      if (workflowId.startsWith(name)) ids.push(workflowId);
    return ids;
  };

  it.each([
    ['0001-01-01T00:00:00Z', 'Temporal knows no time before the year 2000; begin it later'],
    ['1999-12-31T23:59:59Z', 'Temporal knows no time before the year 2000; begin it later'],
    ['2000-01-01T00:00:00Z', 'There are more than 1000 times'],
    ['never', 'needs two times'],
  ])('from %s is refused before anything starts', async (since, words) => {
    await create({ every: ['1s'], cron: ['* * * * * * *'] });
    await expect(from(since)).rejects.toThrow(words);
    expect(await taken()).toBe(0);
  });

  it('over 26 years of a time that comes seldom looks at its own times alone', async () => {
    await create({ cron: ['0 0 29 2 mon'] });
    const { times } = await from('2000-01-01T00:00:00Z');
    expect(times.map((at) => at.toISOString().slice(0, 10))).toEqual(['2016-02-29']);
  });

  it('of a range that laps over one before starts nothing', async () => {
    await create({ cron: ['0 0 * * *'] });
    const first = await from('2026-02-01T00:00:00Z', '2026-02-03T00:00:00Z');
    expect(first.times).toHaveLength(3);
    // The first waits for a worker, and the others for the first.
    await expect(from('2026-02-03T00:00:00Z', '2026-02-05T00:00:00Z')).rejects.toThrow(
      /wait for their turn already, perhaps of an earlier backfill; wait until they have run/,
    );
    for (const at of first.times) {
      const id = `${name}-${at.toISOString().slice(0, 19)}Z`;
      await until(`${id} has started`, () =>
        rig.client.workflow
          .getHandle(id)
          .terminate()
          .catch(() => null),
      );
    }
    await until('nothing waits', async () => {
      const { info } = await rig.client.schedule.getHandle(name).describe();
      return info.runningActions.length === 0 && info.numActionsTaken === 3 ? true : null;
    });
    await until('they are found', async () => {
      const { count } = await rig.client.workflow.count(`TemporalScheduledById = '${name}'`);
      return count === 3 ? true : null;
    });
    await expect(from('2026-02-03T00:00:00Z', '2026-02-05T00:00:00Z')).rejects.toThrow(
      '1 of 3 times of this backfill have been started already (2026-02-03T00:00:00.000Z); choose a range without them',
    );
    expect(await taken()).toBe(3);
  });

  it('leaves out what others have left out', async () => {
    name = `night shift ${name}`;
    await rig.client.schedule.create({
      scheduleId: name,
      spec: {
        calendars: [{ hour: 4 }],
        skip: [{ dayOfWeek: 'SUNDAY', hour: '*' }],
        startAt: new Date('2026-02-06T00:00:00Z'),
        endAt: new Date('2026-02-10T12:00:00Z'),
        timezone: 'Asia/Tokyo',
      },
      action: {
        type: 'startWorkflow',
        workflowType: 'trainBatch',
        workflowId: name,
        taskQueue: 'darkroom',
        args: [{ ...ROWS, inFlight: 1 }],
      },
      state: { paused: true },
    });
    const range = { from: new Date('2026-02-01'), to: new Date('2026-03-01'), overlap: 'allow-all' } as const;
    const { times } = await rig.darkroom.schedules.backfill(name, range);
    // Sunday the 8th begins in Tokyo on Saturday at 15:00 UTC.
    const expected = ['06', '08', '09'].map((day) => `2026-02-${day}T19:00:00.000Z`);
    expect(times.map((at) => at.toISOString())).toEqual(expected);
    await until('Temporal has started these', async () => ((await taken()) === 3 ? true : null));
    const { info } = await rig.client.schedule.getHandle(name).describe();
    expect(info.recentActions.map(({ scheduledAt }) => scheduledAt.toISOString())).toEqual(expected);
    await until('they are listed', async () => ((await running()).length === 3 ? true : null));
    await expect(rig.darkroom.schedules.backfill(name, range)).rejects.toThrow(
      '3 of 3 times of this backfill have been started already',
    );
  });

  it('is refused where what was started cannot be looked up', async () => {
    name = `o'neill ${name}`;
    await rig.client.schedule.create({
      scheduleId: name,
      spec: { intervals: [{ every: '1d' }] },
      action: { type: 'startWorkflow', workflowType: 'trainBatch', taskQueue: 'darkroom', args: [] },
      state: { paused: true },
    });
    await expect(from('2026-02-01T00:00:00Z')).rejects.toThrow('quotation marks or backslashes in its name');
    expect(await taken()).toBe(0);
  });

  it('of a schedule that there is not says so', async () => {
    await create({ every: ['1h'] });
    const range = { from: new Date('2026-02-01'), to: new Date('2026-02-02') };
    await expect(backfillSchedule(rig.client, `${name}-none`, range)).rejects.toThrow('There is no schedule');
  });
});

describe('what was started', () => {
  it('is not looked for among tens of thousands of batches', async () => {
    const times = new Set([DAY_MS]);
    expect(await startedOf(starts(10_000), times)).toEqual(times);
    await expect(startedOf(starts(10_001), times)).rejects.toThrow('more than 10000 batches in this range');
  });
});

async function* starts(count: number): AsyncGenerator<number> {
  for (let number = 1; number <= count; number += 1) yield await Promise.resolve(number * DAY_MS);
}
