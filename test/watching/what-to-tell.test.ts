import { newlyWatched, type Watched } from '../../src/watching/watched';
import { noteTold, whatToTell } from '../../src/watching/what-to-tell';

const running = (percent: number | null) => ({ glimpse: 'running', percent, word: 'processing' }) as const;
const ended = { glimpse: 'ended' } as const;
const MINUTE_MS = 60_000;

/** What is told over the minutes, one glimpse for each. */
function told(watched: Watched, glimpses: readonly Parameters<typeof whatToTell>[1][], everyMs = MINUTE_MS) {
  return glimpses.map((glimpse, index) => {
    const nowMs = (index + 1) * everyMs;
    const telling = whatToTell(watched, glimpse, nowMs);
    if (telling !== null) noteTold(watched, telling, nowMs);
    return telling === null ? '-' : telling.tell === 'nudge' ? 'nudge' : telling.percent;
  });
}

test('a percentage is told every ten points, up or down', () => {
  const percents = [3, 9, 10, 15, 19, 20, 55, 46, 45, null].map(running);
  expect(told(newlyWatched('a', 't', 0), percents)).toEqual(['-', '-', 10, '-', '-', 20, 55, '-', 45, '-']);
});

test('and at most once a minute, however fast it grows', () => {
  const percents = [10, 20, 30, 40, 50, 60, 70].map(running);
  expect(told(newlyWatched('a', 't', 0), percents, 20_000)).toEqual(['-', '-', 30, '-', '-', 60, '-']);
});

test('an end is told at once, and again with patience while the training still waits', () => {
  const glimpses = Array.from({ length: 20 }, () => ended);
  expect(told(newlyWatched('a', 't', 0), glimpses, 10_000)).toEqual(
    'nudge - - nudge - - - - - nudge - - - - - - - - - -'.split(' '),
  );
});
