import { setTimeout as delay } from 'node:timers/promises';

const FIRST_LOOK_MS = 40;
/** Some looks ask a server and a worker: after 16 s of them every 40 ms, a test has cost more than what it tests. */
const LOOK_SHARE = 0.05;
const LAST_LOOK_MS = 400;

/** Waits for something that will happen, by looking. Fails with its name instead of hanging till the test's limit. */
export async function until<T>(
  what: string,
  look: () => T | false | null | Promise<T | false | null>,
  limitMs = 40_000,
): Promise<T> {
  const startMs = Date.now();
  const end = startMs + limitMs;
  for (;;) {
    const found = await look();
    // Some look for a thing, and some ask whether it is so.
    if (found !== null && found !== false) return found;
    if (Date.now() > end) throw new Error(`after ${String(limitMs / 1000)} s, still not: ${what}`);
    await delay(Math.min(FIRST_LOOK_MS + (Date.now() - startMs) * LOOK_SHARE, LAST_LOOK_MS));
  }
}
