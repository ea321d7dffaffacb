import { setTimeout as delay } from 'node:timers/promises';

const controller = new AbortController();

/** From now on Ctrl-C ends the waits below, so that whoever waits ends what it has started; a second one ends at once. */
export function listenForInterrupts() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(130);
      process.stderr.write('Ending what was started\n');
      controller.abort(new Error('interrupted'));
    });
}

export function wasInterrupted() {
  return controller.signal.aborted;
}

/** @param {number} ms */
export async function pause(ms) {
  await delay(Math.max(ms, 0), undefined, { signal: controller.signal }).catch(() => undefined);
  controller.signal.throwIfAborted();
}

/**
 * @param {() => boolean | Promise<boolean>} isSo an error counts as no
 * @param {{ what: string, timeoutMs?: number, everyMs?: number }} options
 */
export async function waitUntil(isSo, { what, timeoutMs = 60_000, everyMs = 100 }) {
  const endMs = Date.now() + timeoutMs;
  for (;;) {
    if (
      await Promise.resolve()
        .then(isSo)
        .catch(() => false)
    )
      return;
    if (Date.now() > endMs) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await pause(everyMs);
  }
}
