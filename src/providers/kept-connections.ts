import { errorCode } from '../error-facts';
import { patience } from '../give-up';
import { exchange, newAgent, send, type HttpCall, type HttpResult } from './http';

/** A call that changes nothing: nobody needs to know when it was written. */
export type RepeatableCall = Omit<HttpCall, 'onWritten'>;

/** What undici and the system say where the other side has closed a connection. */
const CLOSED = new Set<unknown>(['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE']);

/**
 * Sends calls over connections that stay open between them: a watcher asks up to 80 times a second, and a TLS handshake each
 * time would cost more than the question. The other side may close one at any moment; a call that was lost with it is sent
 * once more, on a connection of its own and within the same time.
 */
export function keptConnections(): (call: RepeatableCall) => Promise<HttpResult> {
  const agent = newAgent({ pipelining: 1 });
  return async (call) => {
    const startedMs = performance.now();
    const giveUp = new AbortController();
    const waiting = patience(call, () => giveUp.abort());
    const end = { error: null as unknown };
    try {
      const onError = (error: unknown) => void (end.error = error);
      const result = await exchange(call, { agent, waiting, signal: giveUp.signal, onError });
      const wasClosed = CLOSED.has(errorCode(end.error));
      if (result.kind !== 'lost' || !wasClosed || waiting.givenUp() !== null) return result;
    } finally {
      waiting.end();
    }
    const leftMs = Math.round(call.timeoutMs - (performance.now() - startedMs));
    return send({ ...call, timeoutMs: Math.max(leftMs, 1) });
  };
}
