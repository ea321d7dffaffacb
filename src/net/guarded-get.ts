import type { Dispatcher } from 'undici';
import { errorCode, errorMessage } from '../error-facts';
import { patience } from '../give-up';
import { allowedUrl } from './allowed-url';
import { ForbiddenAddressError, guardedAgent } from './guarded-agent';
import type { HostRule } from './host-rules';
import type { Network } from './network';

export interface GuardedGet {
  readonly url: string;
  readonly hosts: readonly HostRule[];
  readonly network: Network;
  /** All of it: names, redirects, the last byte of the body. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

export type GuardedAnswer =
  | {
      kind: 'answer';
      status: number;
      /** As the other side says; null where it does not. */
      bytes: number | null;
      /** Throws what `wordsOf` has words for. */
      body: AsyncIterable<Uint8Array>;
    }
  | { kind: 'refused'; why: Refusal }
  /** It may pass. The words name no more of the URL than its host. */
  | { kind: 'failed'; words: string };

export type Refusal =
  | 'not-allowed'
  | 'forbidden-address'
  | 'too-many-redirects'
  | 'no-such-host'
  /** The certificate is not good for this host, or for any. */
  | 'untrusted';

export const MAX_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Gets what a stranger has named, from hosts of a list and over checked connections alone. Redirects are followed here, because
 * each of them is another URL that a stranger has named. `use` has the answer as long as it runs; no connection outlives it.
 */
export async function guardedGet<T>(
  order: GuardedGet,
  use: (answer: GuardedAnswer, wordsOf: (error: unknown) => string) => Promise<T>,
): Promise<T> {
  const agent = guardedAgent(order.network, order.timeoutMs);
  // Not undici's own `signal`: it is not heard until a connection stands, and a name or a handshake may hang for long.
  const waiting = patience(order, () => void agent.destroy());
  const wordsOf = (error: unknown) =>
    waiting.givenUp() === 'time-over'
      ? `not whole within ${order.timeoutMs / 1000} s`
      : String(errorCode(error) ?? errorMessage(error));
  try {
    order.signal.throwIfAborted();
    const answer = await follow(order, agent).catch((error: unknown): GuardedAnswer => {
      order.signal.throwIfAborted();
      const why = refusalOf(error);
      return why === null ? { kind: 'failed', words: wordsOf(error) } : { kind: 'refused', why };
    });
    return await use(answer, wordsOf);
  } finally {
    waiting.end();
    await agent.destroy();
  }
}

async function follow({ url, hosts }: GuardedGet, agent: Dispatcher): Promise<GuardedAnswer> {
  let target = allowedUrl(url, undefined, hosts);
  for (let redirects = 0; ; redirects += 1) {
    if (target === null) return { kind: 'refused', why: 'not-allowed' };
    const { statusCode: status, headers, body } = await ask(target, agent);
    const { location } = headers;
    if (!REDIRECTS.has(status) || typeof location !== 'string') {
      const length = headers['content-length'];
      return { kind: 'answer', status, bytes: typeof length === 'string' ? Number(length) : null, body };
    }
    body.on('error', () => undefined).destroy();
    if (redirects === MAX_REDIRECTS) return { kind: 'refused', why: 'too-many-redirects' };
    target = allowedUrl(location, target, hosts);
  }
}

/** Says nothing of us, and asks for bytes as they are: what is unpacked on the way could be any size. */
function ask({ origin, pathname, search }: URL, agent: Dispatcher): Promise<Dispatcher.ResponseData> {
  return agent.request({
    origin,
    path: pathname + search,
    method: 'GET',
    headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'darkroom' },
  });
}

/** OpenSSL's words for a certificate that is not good, as Node gives them. */
const UNTRUSTED = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER/;

/** Null where it may pass. */
function refusalOf(error: unknown): Refusal | null {
  if (error instanceof ForbiddenAddressError) return 'forbidden-address';
  const code = String(errorCode(error));
  if (code === 'ENOTFOUND') return 'no-such-host';
  return UNTRUSTED.test(code) ? 'untrusted' : null;
}
