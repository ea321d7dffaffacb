import { errorCode, errorMessage } from '../error-facts';
import { patience } from '../give-up';
import { ForbiddenAddressError, guardedAgent } from './guarded-agent';
import type { Network } from './network';

export interface GuardedPost {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly network: Network;
  /** All of it: names, connection, the head of the answer. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type PostAnswer =
  | { kind: 'answer'; status: number; retryAfter: string | null }
  | { kind: 'forbidden-address' }
  /** It may pass. The words name nothing of the URL. */
  | { kind: 'failed'; words: string };

/** Posts to where a stranger wants it, over checked connections alone. Follows no redirect, and reads nothing of the answer. */
export async function guardedPost(order: GuardedPost): Promise<PostAnswer> {
  const { url, headers, body, network, timeoutMs } = order;
  const agent = guardedAgent(network, timeoutMs);
  // Not undici's own `signal`: it is not heard until a connection stands, and a name or a handshake may hang for long.
  const waiting = patience(order, () => void agent.destroy());
  try {
    order.signal.throwIfAborted();
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers,
      body,
    });
    answer.body.on('error', () => undefined).destroy();
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answer',
      status: answer.statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    };
  } catch (error) {
    order.signal.throwIfAborted();
    if (error instanceof ForbiddenAddressError) return { kind: 'forbidden-address' };
    const words =
      waiting.givenUp() === 'time-over'
        ? `no answer within ${timeoutMs / 1000} s`
        : String(errorCode(error) ?? errorMessage(error));
    return { kind: 'failed', words };
  } finally {
    waiting.end();
    await agent.destroy();
  }
}
