import type { SweepOutcome } from '../../src/watching/sweep-pace';
import { whySlow, type Pace } from '../../src/watching/why-slow';

const well: SweepOutcome = { calls: 4, tookMs: 100, behindMs: 0, trouble: null, retryAfterMs: null };
const pace: Pace = { waiting: 9000, callsPerSecond: 1, baseMs: 2000, intervalMs: 2000, listTrouble: null };

test.each([
  ['nothing where it keeps its pace', well, pace, ''],
  ['what the provider says', { ...well, trouble: 'HTTP 429', behindMs: 9000 }, pace, 'HTTP 429'],
  [
    'that Temporal does not tell who waits',
    well,
    { ...pace, listTrouble: 'no such index' },
    'Temporal does not tell who waits, so new ones are missed: no such index',
  ],
  ['calls that take long', { ...well, tookMs: 2400 }, pace, '4 calls took 2.4 s, at 1 a second'],
  [
    'a limit of calls that is too low for so many',
    { ...well, behindMs: 480_000 },
    pace,
    '9000 wait, and 1 calls a second reach some of them 480.0 s late',
  ],
  ['nothing where the next sweep makes up for it', { ...well, behindMs: 1900 }, pace, ''],
  [
    'that it is on its way back',
    well,
    { ...pace, intervalMs: 7500 },
    'there was trouble: back to its pace step by step',
  ],
])('why the watcher is slow: %s', (_what, outcome, at, words) => {
  expect(whySlow(outcome, at)).toBe(words);
});
