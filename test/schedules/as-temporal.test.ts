import { msToTs, tsToMs } from '@temporalio/common/lib/time';
import { createRig, type Rig } from '../support/rig';
import { clockChanges } from '../../src/schedules/clock-changes';
import { DAY_MS } from '../../src/schedules/local-time';
import { readTimes } from '../../src/schedules/read-times';
import { nextTimes } from '../../src/schedules/next-times';
import type { ScheduleTimes } from '../../src/contract/schedule';

const FROM_MS = Date.parse('2026-03-20T00:00:00Z');
const UNTIL_MS = Date.parse('2027-04-10T00:00:00Z');

/** What is said to somebody about times has to be what Temporal does. */
describe('the times that are told are those of Temporal', () => {
  let rig: Rig;
  beforeAll(async () => void (rig = await createRig()));
  afterAll(() => rig.close());

  it.each<[ScheduleTimes, string]>([
    [{ cron: ['30 2 * * *'] }, 'Europe/Berlin'],
    [{ cron: ['0 2 * * mon-fri'] }, 'UTC'],
    [{ cron: ['0 4 1-7 * 7'] }, 'America/New_York'],
    [{ cron: ['15,45 1-3 * 3,10,11 *'] }, 'America/New_York'],
    [{ cron: ['10/25 */9 28-31 * *'] }, 'Asia/Kolkata'],
    [{ cron: ['15 2 * * *'] }, 'Australia/Lord_Howe'],
    [{ calendar: [{ hour: '0', month: 'mar,oct', dayOfWeek: 'sat-7' }] }, 'Europe/London'],
    [{ every: ['3d/7h'] }, 'Europe/Berlin'],
    [{ cron: ['0 0 1 * *', '@yearly'], every: ['30d'] }, 'Pacific/Auckland'],
  ])('%j in %s', async (times, timezone) => {
    const name = `times-${String(process.pid)}`;
    const rows = { manifest: 'batches/none', rows: 0, pages: [] };
    await rig.darkroom.schedules.create(name, { times, timezone, rows, isPaused: true });
    try {
      const found: number[] = [];
      // The server counts a thousand at a time at most.
      for (let fromMs = FROM_MS; fromMs < UNTIL_MS; fromMs += 60 * DAY_MS) {
        const listed = await rig.client.workflowService.listScheduleMatchingTimes({
          namespace: rig.access.namespace,
          scheduleId: name,
          startTime: msToTs(fromMs - 1000),
          endTime: msToTs(Math.min(fromMs + 60 * DAY_MS, UNTIL_MS) - 1000),
        });
        found.push(...listed.startTime.map((at) => tsToMs(at)));
      }
      const spec = readTimes(times, timezone, FROM_MS);
      const told = nextTimes(spec, { afterMs: FROM_MS - 1, untilMs: UNTIL_MS - 1000, most: 10_000 });
      expect(told.filter(isOnPlainDay(timezone))).toEqual(found.filter(isOnPlainDay(timezone)));
      expect(told.length).toBeGreaterThan(0);
    } finally {
      await rig.darkroom.schedules.delete(name);
    }
  });

  it.each<[string, string, RegExp[]]>([
    [
      '30 2 * * *',
      'Europe/Berlin',
      [
        /go forward and skip 02:00 to 03:00: nothing starts that day/,
        /go back, and 02:00 to 03:00 comes twice: it starts at \S+T01:30:00Z;/,
      ],
    ],
    ['30 1 * * *', 'America/New_York', [/comes twice: it starts at \S+T05:30:00Z and \S+T06:30:00Z;/]],
    // Temporal does that.
    ['0 0 * * *', 'Europe/London', [/comes twice: it starts at \S+T23:00:00Z and \S+T00:00:00Z;/]],
    ['15 2 * * *', 'Australia/Lord_Howe', [/skip 02:00 to 02:30: it starts at/]],
    ['30 2 * * *', 'UTC', []],
    ['30 5 * * *', 'Europe/Berlin', []],
    ['0 * * * *', 'Europe/Berlin', []],
    ['30 2 1 1 *', 'Europe/Berlin', []],
  ])('%s in %s: what is said of clocks that change is what Temporal does', async (cron, timezone, notes) => {
    const name = `clocks-${String(process.pid)}`;
    const rows = { manifest: 'batches/none', rows: 0, pages: [] };
    const plan = { times: { cron: [cron] }, timezone, rows, isPaused: true };
    const said = await rig.darkroom.schedules.create(name, plan);
    await rig.darkroom.schedules.delete(name);
    expect(said.notes.sort()).toEqual(notes.map((words) => expect.stringMatching(words) as unknown));
  });
});

/** On days on which clocks change, Temporal is asked instead. */
function isOnPlainDay(timezone: string) {
  const changes = clockChanges(timezone, FROM_MS - DAY_MS, UNTIL_MS + DAY_MS);
  return (atMs: number) => changes.every(({ fromMs }) => Math.abs(atMs - fromMs) > DAY_MS);
}
