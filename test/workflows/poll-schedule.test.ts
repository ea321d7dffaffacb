import fc from 'fast-check';
import { PAST_SHARES } from '../../src/contract/past-durations';
import { NOTHING_KNOWN, pollDelayMs, type PollMoment } from '../../src/workflows/poll-schedule';
import { trackPercent, type PercentTrack } from '../../src/workflows/percent-track';

const PACING = { firstPollMs: 15_000, maxPollMs: 3_600_000 };
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const quiet: PollMoment = { ...NOTHING_KNOWN, nowMs: 0, sinceMs: 0, remainingMs: DAY_MS, pacing: PACING };
const at = (nowMs: number, changes: Partial<PollMoment> = {}): PollMoment => ({
  ...quiet,
  nowMs,
  ...changes,
});

/** Percentages as a provider may tell them: any, at any instants. */
const anyTrack = fc
  .array(fc.tuple(fc.nat(DAY_MS), fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null })), {
    maxLength: 20,
  })
  .map((told) =>
    told
      .sort(([a], [b]) => a - b)
      .reduce<PercentTrack | null>(
        (track, [nowMs, percent]) => trackPercent(track, percent, { nowMs, sinceMs: 0 }),
        null,
      ),
  );

const anyPast = fc
  .array(fc.integer({ min: 1000, max: 2 * DAY_MS }), {
    minLength: PAST_SHARES.length,
    maxLength: PAST_SHARES.length,
  })
  .map((durations) => durations.sort((a, b) => a - b));

const anyMoment = fc.record<PollMoment>({
  nowMs: fc.integer({ min: DAY_MS, max: 2 * DAY_MS }),
  sinceMs: fc.nat(DAY_MS),
  ownPolls: fc.nat(20),
  percent: anyTrack,
  past: fc.option(anyPast, { nil: null }),
  failuresInARow: fc.nat(5000),
  retryAfterMs: fc.option(fc.integer({ min: 1000, max: HOUR_MS }), { nil: null }),
  isConfirming: fc.boolean(),
  remainingMs: fc.integer({ min: -HOUR_MS, max: DAY_MS }),
  pacing: fc.constant(PACING),
});

describe('the poll schedule', () => {
  it('begins with 15 s, waits longer and longer, and an hour at most', () => {
    expect(pollDelayMs(quiet)).toBe(15_000);
    expect(pollDelayMs(at(10 * MINUTE_MS))).toBe(3 * MINUTE_MS);
    expect(pollDelayMs(at(10 * HOUR_MS))).toBe(HOUR_MS);
  });

  it('always gives a whole number of milliseconds from 1, whatever the moment', () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        const delay = pollDelayMs(moment);
        expect(Number.isSafeInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(1);
      }),
    );
  });

  it('never waits longer than the maximum, except where the provider asks for more', () => {
    fc.assert(
      fc.property(anyMoment, (moment) => {
        expect(pollDelayMs(moment)).toBeLessThanOrEqual(Math.max(PACING.maxPollMs, moment.retryAfterMs ?? 0));
      }),
    );
  });

  it('looks once more before the deadline', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 20_000, max: DAY_MS }), (moment, remainingMs) => {
        expect(pollDelayMs({ ...moment, remainingMs })).toBeLessThan(remainingMs);
      }),
    );
  });

  it('waits at least as long as the provider asks, if the deadline lets it', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1000, max: HOUR_MS }), (moment, retryAfterMs) => {
        const delay = pollDelayMs({ ...moment, retryAfterMs, remainingMs: DAY_MS });
        expect(delay).toBeGreaterThanOrEqual(retryAfterMs);
      }),
    );
  });
});

describe('a poll that failed', () => {
  it('is made up for soon, where the next one would have been far', () => {
    expect(pollDelayMs(at(10 * HOUR_MS, { failuresInARow: 1 }))).toBe(15_000);
  });

  it('is followed by more and more patience', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1, max: 50 }), (moment, failuresInARow) => {
        const calmer = pollDelayMs({ ...moment, failuresInARow: failuresInARow + 1 });
        expect(calmer).toBeGreaterThanOrEqual(pollDelayMs({ ...moment, failuresInARow }));
      }),
    );
  });

  it('is followed by the least wait where "failed" is to be confirmed', () => {
    expect(pollDelayMs(at(10 * HOUR_MS, { isConfirming: true }))).toBe(15_000);
  });

  it('leaves time to confirm a "failed" that was heard just before the deadline', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 2, max: 20_000 }), (moment, remainingMs) => {
        const delay = pollDelayMs({ ...moment, isConfirming: true, failuresInARow: 0, remainingMs });
        expect(delay).toBeLessThan(remainingMs);
      }),
    );
  });
});

describe('percentages', () => {
  const told = (...seen: [atMs: number, percent: number | null][]) =>
    seen.reduce<PercentTrack | null>(
      (track, [nowMs, percent]) => trackPercent(track, percent, { nowMs, sinceMs: 0 }),
      null,
    );

  it('bring the looks closer together as the end comes near', () => {
    const nowMs = 40 * MINUTE_MS;
    expect(pollDelayMs(at(nowMs, { percent: told([nowMs, 50]) }))).toBe(20 * MINUTE_MS);
    expect(pollDelayMs(at(nowMs, { percent: told([nowMs, 80]) }))).toBe(5 * MINUTE_MS);
    expect(pollDelayMs(at(nowMs, { percent: told([nowMs, 99.9]) }))).toBe(15_000);
  });

  it('go by the speed since they last fell', () => {
    const percent = told([10 * MINUTE_MS, 80], [20 * MINUTE_MS, 10], [30 * MINUTE_MS, 55]);
    expect(pollDelayMs(at(30 * MINUTE_MS, { percent }))).toBe(5 * MINUTE_MS);
  });

  it('that are stuck are waited for longer and longer', () => {
    const percent = told([10 * MINUTE_MS, 99]);
    const delays = [11, 20, 60, 200].map((minutes) => pollDelayMs(at(minutes * MINUTE_MS, { percent })));
    expect(delays).toEqual([18_000, 3 * MINUTE_MS, 15 * MINUTE_MS, 57 * MINUTE_MS]);
  });

  it('that are absent leave the earlier ones standing', () => {
    const told50 = told([10 * MINUTE_MS, 50]);
    expect(told([10 * MINUTE_MS, 50], [11 * MINUTE_MS, null])).toEqual(told50);
    expect(told([10 * MINUTE_MS, null])).toBeNull();
  });
});

describe('past trainings', () => {
  const past = [16, 17, 18, 20, 22, 25, 30].map((minutes) => minutes * MINUTE_MS);
  /** The instants of the looks, in minutes. */
  const looks = (untilMs: number, moment: Partial<PollMoment>) => {
    const instants: number[] = [];
    for (let nowMs = 0; ;) {
      nowMs += pollDelayMs(at(nowMs, { ...moment, ownPolls: instants.length, remainingMs: DAY_MS - nowMs }));
      if (nowMs > untilMs) return instants.map((ms) => ms / MINUTE_MS);
      instants.push(nowMs);
    }
  };

  it('bring the looks to where trainings have ended', () => {
    const instants = looks(30 * MINUTE_MS, { past });
    expect(instants[0]).toBeGreaterThan(10);
    const dense = instants.filter((minutes) => minutes >= 16 && minutes <= 25);
    expect(dense.length).toBeGreaterThanOrEqual(5);
  });

  it('make the wait shorter than without them, with no more looks', () => {
    const endsMs = [16.5, 17.5, 18.3, 19, 19.8, 20.5, 21.4, 24].map((minutes) => minutes * MINUTE_MS);
    const late = (moment: Partial<PollMoment>, endMs: number) => {
      const all = looks(DAY_MS, moment).map((minutes) => minutes * MINUTE_MS);
      const count = all.findIndex((ms) => ms >= endMs) + 1;
      return { lateMs: (all[count - 1] ?? 0) - endMs, count };
    };
    const sum = (moment: Partial<PollMoment>) =>
      endsMs
        .map((endMs) => late(moment, endMs))
        .reduce((a, b) => ({ lateMs: a.lateMs + b.lateMs, count: a.count + b.count }));
    const [informed, blind] = [sum({ past }), sum({})];
    expect(informed.lateMs).toBeLessThan(blind.lateMs / 3);
    expect(informed.count).toBeLessThanOrEqual(blind.count);
  });

  it('that were all alike, or all shorter, still leave looks behind them', () => {
    const alike = past.map(() => 20 * MINUTE_MS);
    const instants = looks(3 * HOUR_MS, { past: alike });
    expect(instants.filter((minutes) => minutes > 20).length).toBeGreaterThan(5);
  });
});

describe('a whole day', () => {
  /** What a provider does at each look. */
  const anyDay = fc.record({
    past: fc.option(anyPast, { nil: null }),
    percents: fc.infiniteStream(fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null })),
    answers: fc.infiniteStream(fc.boolean()),
    /** From when on it says "failed", which is to be confirmed, and then knows nothing of it. */
    failsAtMs: fc.option(fc.nat(DAY_MS), { nil: Infinity }),
  });

  it('costs at most 48 looks, whatever the provider says', () => {
    fc.assert(
      fc.property(anyDay, ({ past, percents, answers, failsAtMs }) => {
        let [nowMs, ownPolls, failuresInARow] = [0, 0, 0];
        let percent: PercentTrack | null = null;
        let isConfirming = false;
        for (;;) {
          nowMs += pollDelayMs(
            at(nowMs, {
              ownPolls,
              percent,
              past,
              failuresInARow,
              isConfirming,
              remainingMs: DAY_MS - nowMs,
            }),
          );
          if (nowMs >= DAY_MS) break;
          ownPolls += 1;
          const hasAnswer = !isConfirming && (nowMs >= failsAtMs || answers.next().value === true);
          isConfirming ||= nowMs >= failsAtMs;
          failuresInARow = hasAnswer ? 0 : failuresInARow + 1;
          if (hasAnswer)
            percent = trackPercent(percent, (percents.next().value as number | null | undefined) ?? null, {
              nowMs,
              sinceMs: 0,
            });
        }
        expect(ownPolls).toBeLessThanOrEqual(48);
        expect(ownPolls).toBeGreaterThanOrEqual(10);
      }),
    );
  });

  it('costs as few where it says "failed" and "running" in turns, and asks for patience now and then', () => {
    const anyAnswers = fc.record({
      answers: fc.infiniteStream(fc.constantFrom('running', 'failed', 'none')),
      asked: fc.infiniteStream(fc.option(fc.integer({ min: 1000, max: HOUR_MS }), { nil: null })),
    });
    fc.assert(
      fc.property(anyAnswers, ({ answers, asked }) => {
        let [nowMs, ownPolls, failuresInARow] = [0, 0, 0];
        let isConfirming = false;
        let retryAfterMs: number | null = null;
        for (;;) {
          const moment = {
            ownPolls,
            failuresInARow,
            isConfirming,
            retryAfterMs,
            remainingMs: DAY_MS - nowMs,
          };
          nowMs += pollDelayMs(at(nowMs, moment));
          if (nowMs >= DAY_MS) break;
          ownPolls += 1;
          const answer = answers.next().value as 'running' | 'failed' | 'none';
          retryAfterMs =
            answer === 'none' ? ((asked.next().value as number | null | undefined) ?? null) : null;
          failuresInARow = answer === 'none' ? failuresInARow + 1 : 0;
          // A second "failed" would be the end: the costliest provider never says it twice in a row.
          if (answer === 'running' || (answer === 'failed' && isConfirming)) isConfirming = false;
          else if (answer === 'failed') isConfirming = true;
        }
        expect(ownPolls).toBeLessThanOrEqual(48);
      }),
    );
  });
});
