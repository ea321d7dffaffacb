import fc from 'fast-check';
import { callPace } from '../../src/watching/call-pace';
import { nextIntervalMs, restMs } from '../../src/watching/sweep-pace';

const well = { calls: 1, tookMs: 100, behindMs: 0, trouble: null, retryAfterMs: null };
const badly = { ...well, trouble: 'HTTP 500' };

describe('the pace of the watcher', () => {
  it('doubles its interval with trouble, up to a minute, and comes back by halves', () => {
    let intervalMs = 2000;
    const intervals = [badly, badly, badly, badly, badly, badly, well, well, well, well, well, well].map(
      (outcome) => (intervalMs = nextIntervalMs(outcome, { baseMs: 2000, intervalMs })),
    );
    expect(intervals).toEqual([
      4000, 8000, 16_000, 32_000, 60_000, 60_000, 30_000, 15_000, 7500, 3750, 2000, 2000,
    ]);
  });

  it('waits as long as the provider asks', () => {
    const asked = { ...badly, retryAfterMs: 300_000 };
    expect(nextIntervalMs(asked, { baseMs: 2000, intervalMs: 2000 })).toBe(300_000);
    // Afterwards it comes back as from any other trouble.
    expect(nextIntervalMs(well, { baseMs: 2000, intervalMs: 300_000 })).toBe(30_000);
  });

  it('never lets sweeps overlap, nor follow each other without a rest', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 60_000 }), (tookMs, intervalMs) => {
        const rest = restMs(well, { tookMs, intervalMs });
        expect(rest).toBeGreaterThan(0);
        expect(rest + tookMs).toBeGreaterThanOrEqual(intervalMs);
      }),
    );
  });

  it('rests as long as the provider asks, however long the round took', () => {
    const asked = { ...badly, retryAfterMs: 5000 };
    expect(restMs(asked, { tookMs: 6000, intervalMs: 5000 })).toBe(5000);
  });
});

describe('the pace of calls', () => {
  it('keeps a gap between any two, whoever asks', async () => {
    const turn = callPace(100);
    const startedMs = performance.now();
    await Promise.all(Array.from({ length: 21 }, () => turn(new AbortController().signal)));
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(195);
  });

  it('ends with the signal', async () => {
    const turn = callPace(0.1);
    const stop = new AbortController();
    await turn(stop.signal);
    const second = turn(stop.signal);
    stop.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  });
});
