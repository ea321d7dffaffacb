import { setTimeout as delay } from 'node:timers/promises';

/**
 * Lets calls go one by one, with at least the same time between any two: `await turn(signal)` before each. Not by the wall clock,
 * or one that is set back by an hour would hold every call for an hour.
 */
export function callPace(callsPerSecond: number): (signal: AbortSignal) => Promise<void> {
  const gapMs = 1000 / callsPerSecond;
  let nextAtMs = 0;
  return async (signal) => {
    const nowMs = performance.now();
    const mineMs = Math.max(nextAtMs, nowMs);
    nextAtMs = mineMs + gapMs;
    if (mineMs > nowMs) await delay(mineMs - nowMs, undefined, { signal });
    signal.throwIfAborted();
  };
}
