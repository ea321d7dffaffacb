import fc from 'fast-check';
import { pollDelayMs, type PollMoment } from '../../src/workflows/poll-schedule';

const PACING = { firstPollMs: 15_000, maxPollMs: 300_000 };
const HOUR_MS = 3_600_000;

const quiet: PollMoment = {
  elapsedMs: 0,
  percent: null,
  failuresInARow: 0,
  retryAfterMs: null,
  remainingMs: 24 * HOUR_MS,
  pacing: PACING,
};

const anyMoment = fc.record<PollMoment>({
  elapsedMs: fc.nat(24 * HOUR_MS),
  percent: fc.option(fc.double({ min: 0, max: 100, noNaN: true })),
  failuresInARow: fc.nat(5000),
  retryAfterMs: fc.option(fc.integer({ min: 1000, max: HOUR_MS })),
  remainingMs: fc.integer({ min: -HOUR_MS, max: 24 * HOUR_MS }),
  pacing: fc.constant(PACING),
});

describe('the poll schedule', () => {
  it('begins with 15 s and goes up to 5 min', () => {
    expect(pollDelayMs(quiet)).toBe(15_000);
    expect(pollDelayMs({ ...quiet, elapsedMs: 10 * 60_000 })).toBe(60_000);
    expect(pollDelayMs({ ...quiet, elapsedMs: 10 * HOUR_MS })).toBe(300_000);
  });

  it('looks sooner when the percent says that the end is near', () => {
    const halfAnHour = { ...quiet, elapsedMs: 30 * 60_000 };
    const far = pollDelayMs({ ...halfAnHour, percent: 20 });
    const near = pollDelayMs({ ...halfAnHour, percent: 95 });
    expect(near).toBeLessThan(far);
    expect(pollDelayMs({ ...halfAnHour, percent: 99.9 })).toBe(15_000);
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
      fc.property(anyMoment, fc.integer({ min: 20_000, max: 24 * HOUR_MS }), (moment, remainingMs) => {
        expect(pollDelayMs({ ...moment, remainingMs })).toBeLessThan(remainingMs);
      }),
    );
  });

  it('waits at least as long as the provider asks, if the deadline lets it', () => {
    fc.assert(
      fc.property(anyMoment, fc.integer({ min: 1000, max: HOUR_MS }), (moment, retryAfterMs) => {
        const delay = pollDelayMs({ ...moment, retryAfterMs, remainingMs: 24 * HOUR_MS });
        expect(delay).toBeGreaterThanOrEqual(retryAfterMs);
      }),
    );
  });

  it('grows more patient with each failed poll', () => {
    fc.assert(
      fc.property(anyMoment, fc.nat(50), (moment, failuresInARow) => {
        const calmer = pollDelayMs({ ...moment, failuresInARow: failuresInARow + 1 });
        expect(calmer).toBeGreaterThanOrEqual(pollDelayMs({ ...moment, failuresInARow }));
      }),
    );
  });

  it('does not make a day of polling longer than one history takes', () => {
    let elapsedMs = 0;
    let polls = 0;
    for (; elapsedMs < 24 * HOUR_MS; polls += 1) elapsedMs += pollDelayMs({ ...quiet, elapsedMs });
    expect(polls).toBeLessThan(340); // 11 events each stay below the 4,096 where Temporal suggests a new run
  });
});
