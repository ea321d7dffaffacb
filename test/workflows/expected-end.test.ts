import { expectedEndMs, expectedEndOf } from '../../src/workflows/expected-end';
import { waitingRun, START_MS } from '../support/waiting-run';

const MINUTE_MS = 60_000;
const PAST = [10, 11, 13, 15, 18, 25, 30].map((minutes) => minutes * MINUTE_MS);
const at = (minutes: number) => minutes * MINUTE_MS;
const track = (percent: number, minutes: number) => ({
  percent,
  changedAtMs: at(minutes),
  from: { percent: 0, atMs: 0 },
});

describe('when a training will probably have ended', () => {
  it('goes by the speed of its percentage, and does not move while nothing new is heard', () => {
    for (const minutes of [5, 6, 19])
      expect(expectedEndMs({ nowMs: at(minutes), sinceMs: 0, percent: track(25, 5), past: null })).toBe(
        at(20),
      );
  });

  it('else by half of the past ones that have lasted as long', () => {
    const moment = { sinceMs: 0, percent: null, past: PAST };
    expect(expectedEndMs({ ...moment, nowMs: 0 })).toBe(at(15));
    expect(expectedEndMs({ ...moment, nowMs: at(15) })).toBe(at(18));
  });

  it('by past ones too where the percentage stands still for longer than it should', () => {
    expect(expectedEndMs({ nowMs: at(12), sinceMs: 0, percent: track(50, 5), past: PAST })).toBeGreaterThan(
      at(12),
    );
    expect(expectedEndMs({ nowMs: at(12), sinceMs: 0, percent: track(50, 5), past: null })).toBeNull();
  });

  it('is unknown where nothing tells, or all is over', () => {
    expect(expectedEndMs({ nowMs: 0, sinceMs: 0, percent: null, past: null })).toBeNull();
    expect(expectedEndMs({ nowMs: at(31), sinceMs: 0, percent: null, past: PAST })).toBeNull();
    expect(expectedEndMs({ nowMs: 0, sinceMs: 0, percent: track(0, 0), past: null })).toBeNull();
  });

  it('is of a training that is waited for, and of no other', () => {
    const percentTrack = {
      percent: 50,
      changedAtMs: START_MS + at(5),
      from: { percent: 0, atMs: START_MS },
    };
    const nowMs = START_MS + at(6);
    expect(expectedEndOf(waitingRun({ percentTrack }), nowMs)).toBe(START_MS + at(10));
    expect(expectedEndOf(waitingRun({ percentTrack, state: 'needs-decision' }), nowMs)).toBeNull();
    expect(expectedEndOf(waitingRun({ percentTrack, trainingSinceMs: null }), nowMs)).toBeNull();
  });
});
