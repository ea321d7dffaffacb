import { setTimeout as delay } from 'node:timers/promises';

const TIMEOUT_MS = 5000;

/** Deliveries as https://docs.apiframe.ai/webhooks has them. One that fails is not repeated: that is documented nowhere. */
export class Webhooks {
  #counts = { delivered: 0, failed: 0 };

  get counts() {
    return this.#counts;
  }

  /**
   * @param {{ url: string, secret: string | null }} target
   * @param {number} afterMs
   * @param {() => unknown} body
   */
  async later({ url, secret }, afterMs, body) {
    await delay(afterMs);
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(secret !== null && { 'x-webhook-secret': secret }),
        },
        body: JSON.stringify(body()),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      await answer.arrayBuffer();
      this.#counts[answer.ok ? 'delivered' : 'failed'] += 1;
    } catch {
      this.#counts.failed += 1;
    }
  }
}
