import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import type { Fault } from './faults';

export interface WebhookTarget {
  url: string;
  secret: string | null;
}

/** Deliveries of a task's progress. One that fails is not repeated: whether the provider does is documented nowhere. */
export interface Webhooks {
  /** Delivers `body()` after the time, unless the sandbox is closed by then. */
  later(target: WebhookTarget, afterMs: number, body: () => object): void;
  /** Delivers now. Resolves when it is answered, or was not. */
  now(target: WebhookTarget, body: object): Promise<void>;
  close(): void;
}

/** A delivery that comes before the answer to the submission would be luck; it comes a moment later. */
export const FIRST_DELIVERY_MS = 50;
const TIMEOUT_MS = 5000;
const LATE_MS = 5000;

/**
 * https://docs.apiframe.ai/webhooks: the secret is echoed in `x-webhook-secret`.
 *
 * @param nextFault asked once for each delivery
 */
export function webhooks(nextFault: () => Fault | null): Webhooks {
  const closing = new AbortController();
  setMaxListeners(0, closing.signal); // a thousand deliveries may wait for it
  const post = ({ url, secret }: WebhookTarget, body: object) =>
    fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(secret !== null && { 'x-webhook-secret': secret }) },
      body: JSON.stringify(body),
      signal: AbortSignal.any([closing.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      redirect: 'error',
    }).then(
      () => undefined,
      () => undefined,
    );
  const deliver = async (target: WebhookTarget, body: object): Promise<void> => {
    const fault = nextFault();
    switch (fault?.kind) {
      case 'lost':
        return;
      case 'doubled':
        await Promise.all([post(target, body), post(target, body)]);
        return;
      case 'late':
        await delay(fault.delayMs ?? LATE_MS, undefined, { signal: closing.signal, ref: false });
        break;
      case 'forged':
        await post({ ...target, secret: 'guessed' }, { ...body, status: 'finished', percentage: 100 });
        break;
      default:
        break;
    }
    await post(target, body);
  };
  return {
    later(target, afterMs, body) {
      void delay(afterMs, undefined, { signal: closing.signal, ref: false })
        .then(() => deliver(target, body()))
        .catch(() => undefined);
    },
    now: (target, body) => deliver(target, body),
    close: () => closing.abort(),
  };
}
