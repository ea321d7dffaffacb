import type { TrainResult, TrainStatus } from '../../src/client';
import { createDayLongRig, type DayLongRig } from './day-long-rig';
import { whyNoTimeSkipping } from './time-skipping-server';
import { describeWhere } from '../support/required-or-skipped';
import { atMs, wholeHistory } from '../support/whole-history';

const HOUR_MS = 3_600_000;
const DEADLINE_MS = 24 * HOUR_MS;
/** What a training of a day may cost in calls and in history, see `src/workflows/poll-schedule.ts`. */
const MAX_POLLS = 48;
const MAX_EVENTS = 600;

const about = {
  title: 'a training of a whole day, with no delivery of the provider',
  variable: 'DARKROOM_TEST_DAY_LONG',
};

describeWhere(whyNoTimeSkipping(), about, () => {
  let day: DayLongRig;
  afterEach(() => day.close());

  it('is found succeeded after 23.5 h at a provider that says no percentage, within the polls and the history of a day', async () => {
    day = await createDayLongRig({ trainMs: 23.5 * HOUR_MS, saysPercent: false });
    const { result, status, polls, events, lastedMs, endedAtMs } = await trainForADay(day);
    const [submission] = day.provider.submissions;
    report(
      `that says no percentage: ${polls} polls, ${events} events, found ${minutes(endedAtMs - (submission?.finishedAtMs ?? 0))} late`,
    );

    expect(result).toMatchObject({
      state: 'succeeded',
      charge: 'charged',
      credits: { reserved: 0, spent: 50 },
    });
    expect(day.provider.submissions).toHaveLength(1);
    expect(day.provider.uploads).toHaveLength(1);
    expect(lastedMs).toBeGreaterThan(23.5 * HOUR_MS);
    expect(status.polls).toBe(polls);
    expect(polls).toBeLessThanOrEqual(MAX_POLLS);
    expect(events).toBeLessThanOrEqual(MAX_EVENTS);
  });

  it('is timed out at its deadline where a provider says percentages and never ends', async () => {
    day = await createDayLongRig({ trainMs: 1000 * HOUR_MS, saysPercent: true });
    const { result, status, polls, events, lastedMs, endedAtMs } = await trainForADay(day);
    const lateMs = endedAtMs - Date.parse(status.deadlineAt ?? '');
    report(
      `that says percentages, without an end: ${polls} polls, ${events} events, ended ${Math.round(lateMs)} ms after the deadline`,
    );

    expect(result).toMatchObject({
      state: 'timed-out',
      charge: 'charged',
      trainingId: day.provider.submissions[0]?.taskId,
      failure: { code: 'DeadlinePassed' },
    });
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(1000);
    expect(lastedMs).toBeGreaterThanOrEqual(DEADLINE_MS);
    expect(day.provider.submissions).toHaveLength(1);
    expect(polls).toBeLessThanOrEqual(MAX_POLLS);
    expect(events).toBeLessThanOrEqual(MAX_EVENTS);
  });
});

interface Day {
  result: TrainResult;
  status: TrainStatus;
  /** As the provider has counted them. */
  polls: number;
  events: number;
  /** By the server's clock. */
  lastedMs: number;
  endedAtMs: number;
}

async function trainForADay({ rig, clock, provider }: DayLongRig): Promise<Day> {
  const id = await rig.train(await rig.request({ deadlineMs: DEADLINE_MS }));
  const result = await clock.skipWhile(() => rig.darkroom.result(id));
  const events = await wholeHistory(rig.client, id);
  // Not the server's clock of now: once nothing waits, it jumps on to timers that nobody needs any more.
  const endedAtMs = atMs(events.at(-1));
  return {
    result,
    status: await rig.darkroom.status(id),
    polls: provider.looksAtMs.length,
    events: events.length,
    lastedMs: endedAtMs - atMs(events[0]),
    endedAtMs,
  };
}

function minutes(ms: number): string {
  return `${(ms / 60_000).toFixed(1)} min`;
}

/** What was measured is worth seeing where it passes as well. */
function report(line: string): void {
  process.stdout.write(`  a day at a provider ${line}\n`);
}
