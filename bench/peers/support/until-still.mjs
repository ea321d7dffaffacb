import { waitUntil } from './interrupt.mjs';

/** So long without any progress, and a phase is given up. */
const STALLED_MS = 120_000;

/**
 * Until it is enough, or has not changed for long.
 *
 * @param {() => Promise<number>} count
 * @param {(value: number) => boolean} isEnough
 */
export async function untilStill(count, isEnough) {
  let last = { value: -1, atMs: Date.now() };
  const isOver = async () => {
    const value = await count();
    if (value !== last.value) last = { value, atMs: Date.now() };
    return isEnough(value) || Date.now() - last.atMs > STALLED_MS;
  };
  await waitUntil(isOver, { what: 'a phase', timeoutMs: Infinity, everyMs: 250 });
}
