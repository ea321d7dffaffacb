import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';

/** Deliveries of a task's progress. One that fails is not repeated: whether the provider does is documented nowhere. */
export interface Webhooks {
  /** Delivers `body()` after the time, unless the sandbox is closed by then. */
  later(target: { url: string; secret: string | null }, afterMs: number, body: () => unknown): void;
  close(): void;
}

/** A delivery that comes before the answer to the submission would be luck; it comes a moment later. */
export const FIRST_DELIVERY_MS = 50;
const TIMEOUT_MS = 5000;

/** https://docs.apiframe.ai/webhooks: the secret is echoed in `x-webhook-secret`. */
export function webhooks(): Webhooks {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // a thousand deliveries may wait for it
  const deliver = async (url: string, secret: string | null, body: unknown) => {
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-webhook-secret': secret }) },
      body: JSON.stringify(body),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'error',
    });
  };
  return {
    later({ url, secret }, afterMs, body) {
      void delay(afterMs, undefined, { signal: closing.signal, ref: false })
        .then(() => deliver(url, secret, body()))
        .catch(() => undefined);
    },
    close: () => closing.abort(),
  };
}
