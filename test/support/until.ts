import { setTimeout as delay } from 'node:timers/promises';

const LOOK_EVERY_MS = 40;

/** Waits for something that will happen, by looking. Fails with its name instead of hanging till the test's limit. */
export async function until<T>(
  what: string,
  look: () => T | null | Promise<T | null>,
  limitMs = 40_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (Date.now() > end) throw new Error(`after ${String(limitMs / 1000)} s, still not: ${what}`);
    await delay(LOOK_EVERY_MS);
  }
}
