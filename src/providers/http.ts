import diagnostics from 'node:diagnostics_channel';
import { Agent, type Dispatcher } from 'undici';
import { parseRetryAfterMs } from './retry-after';
import { errorCode, errorMessage } from '../error-facts';
import { patience, type Patience } from '../give-up';

/** One HTTP request. `timeoutMs` bounds all of it, from the first packet to the last byte of the answer. */
export interface HttpCall {
  method: 'GET' | 'PUT' | 'POST';
  url: string;
  headers: Record<string, string>;
  body: unknown;
  /** The key. A provider that echoes it in an answer would put it into history and logs, so it is cut out there. */
  secret: string;
  timeoutMs: number;
  signal: AbortSignal | null;
  /** Told when the last byte of the request has been handed to the network. */
  onWritten?: () => void;
}

export type HttpResult =
  | { kind: 'answer'; status: number; json: unknown; retryAfterMs: number | null }
  /** Not one byte of the request was written: name not found, connection refused, TLS failed. */
  | { kind: 'not-sent'; words: string }
  /** Bytes were written and no whole answer came back. The other side may have acted. */
  | { kind: 'lost'; words: string };

/** Answers of these APIs are some hundred bytes. The cap keeps a broken or hostile server from filling our memory. */
const MAX_ANSWER_BYTES = 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Sends a request once and never again. undici itself repeats nothing on a fresh connection; a kept-alive one that
 * the server has just closed would turn a submission into "lost" for no reason, so each call opens its own.
 */
export async function send(call: HttpCall): Promise<HttpResult> {
  const agent = newAgent({ pipelining: 0 });
  // Not undici's own `signal`: it is not heard until a connection stands, and a TLS handshake may hang for long.
  const waiting = patience(call, () => void agent.destroy());
  try {
    return await exchange(call, { agent, waiting });
  } finally {
    waiting.end();
    await agent.destroy();
  }
}

export function newAgent({ pipelining }: { pipelining: number }): Agent {
  return new Agent({
    pipelining,
    connect: { timeout: CONNECT_TIMEOUT_MS },
    maxResponseSize: MAX_ANSWER_BYTES,
  });
}

export interface Exchange {
  agent: Agent;
  waiting: Patience;
  /** Where giving up must not take the whole agent away. */
  signal?: AbortSignal;
  /** Told of what a lost or unsent request has come to. */
  onError?: (error: unknown) => void;
}

/** One request over this agent. */
export async function exchange(
  call: HttpCall,
  { agent, waiting, signal, onError }: Exchange,
): Promise<HttpResult> {
  const request = { wasWritten: false };
  const unwatch = whenWritten(call);
  try {
    call.signal?.throwIfAborted();
    const answer = await agent.compose(onFirstByte(() => (request.wasWritten = true))).request({
      origin: new URL(call.url).origin,
      path: pathOf(call.url),
      method: call.method,
      headers: {
        accept: 'application/json',
        ...(call.body === null ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      body: call.body === null ? null : JSON.stringify(call.body),
      headersTimeout: call.timeoutMs,
      bodyTimeout: call.timeoutMs,
      ...(signal !== undefined && { signal }),
    });
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answer',
      status: answer.statusCode,
      json: parseJson(withoutSecret(await answer.body.text(), call.secret)),
      retryAfterMs: parseRetryAfterMs(typeof retryAfter === 'string' ? retryAfter : undefined, Date.now()),
    };
  } catch (error) {
    onError?.(error);
    return { kind: request.wasWritten ? 'lost' : 'not-sent', words: whyNot(call, waiting, error) };
  } finally {
    unwatch();
  }
}

/** undici calls `onRequestStart` when it has a connection and is about to write the request head to it. */
function onFirstByte(report: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        report();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart: (...event) => handler.onResponseStart?.(...event),
      onResponseData: (...event) => handler.onResponseData?.(...event),
      onResponseEnd: (...event) => handler.onResponseEnd?.(...event),
      onResponseError: (...event) => handler.onResponseError?.(...event),
      onRequestUpgrade: (...event) => handler.onRequestUpgrade?.(...event),
    });
}

/** undici tells it on a channel of the whole process, so a call to the same path at the same time may be heard too. */
function whenWritten({ url, onWritten }: HttpCall): () => void {
  if (onWritten === undefined) return () => undefined;
  const report = (message: unknown) => {
    if ((message as { request: { path: string } }).request.path === pathOf(url)) onWritten();
  };
  diagnostics.subscribe(BODY_SENT, report);
  return () => void diagnostics.unsubscribe(BODY_SENT, report);
}

const BODY_SENT = 'undici:request:bodySent';

function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

/** A text shorter than any key would be found by chance. */
const SHORTEST_SECRET = 8;

function withoutSecret(text: string, secret: string): string {
  return secret.length < SHORTEST_SECRET ? text : text.replaceAll(secret, '(key)');
}

/** A body that is not JSON reads as null: the status alone must then be enough, or the answer is unusable. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function whyNot(call: HttpCall, waiting: Patience, error: unknown): string {
  if (waiting.givenUp() === 'time-over') return `no answer within ${call.timeoutMs / 1000} s`;
  if (call.signal?.aborted === true) return 'given up before an answer came';
  const code = errorCode(error);
  return code === null ? errorMessage(error) : `${errorMessage(error)} (${code})`;
}
