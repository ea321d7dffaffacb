import fc from 'fast-check';
import { untilNextGlanceMs } from '../../src/watching/look-again';

const SINCE_MS = 1_000_000;
const after = (elapsedMs: number, percent: number | null) =>
  untilNextGlanceMs(
    { sinceMs: SINCE_MS },
    { glimpse: 'running', percent, word: 'processing' },
    { nowMs: SINCE_MS + elapsedMs, intervalMs: 1000 },
  );

test('far from its end a training is looked at every four intervals, near it at every one', () => {
  expect(after(60_000, 10)).toBe(4000);
  expect(after(160_000, 80)).toBe(4000);
  expect(after(160_000, 90)).toBeCloseTo(1777.8, 0);
  expect(after(178_000, 99)).toBe(1000);
});

test('with every sweep where nothing is known of the end', () => {
  expect(after(60_000, null)).toBe(1000);
  const ended = { glimpse: 'ended' } as const;
  expect(untilNextGlanceMs({ sinceMs: 0 }, ended, { nowMs: 9000, intervalMs: 1000 })).toBe(1000);
});

test('one that the provider has forgotten is not asked for with every sweep', () => {
  expect(untilNextGlanceMs({ sinceMs: 0 }, undefined, { nowMs: 9000, intervalMs: 1000 })).toBe(4000);
});

test('always between one interval and four, whatever the percentage and the clocks', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -100_000, max: 1e9 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (elapsedMs, percent) => {
        const ms = after(elapsedMs, percent);
        expect(ms).toBeGreaterThanOrEqual(1000);
        expect(ms).toBeLessThanOrEqual(4000);
      },
    ),
  );
});
