import { z } from 'zod';
import type { Callback } from '../contract/callback';
import { isCallbackSecret, isSigned } from './sign';

/** A POST as it arrived. The body has to be the bytes that came, not what a framework made of them. */
export interface ReceivedCallback {
  headers: Pick<Headers, 'get'> | Readonly<Record<string, string | readonly string[] | undefined>>;
  body: string | Uint8Array;
}

export interface VerifyOptions {
  /** How far its time may be from ours, in seconds, so that what was recorded cannot be sent again later. */
  toleranceS?: number;
  nowMs?: number;
}

export interface VerifiedCallback {
  /** The same however often it is sent: whoever has seen it has nothing to do. */
  id: string;
  /** They may arrive in another order than they happened: `timestamp` says which is newer. A later release may have more fields. */
  callback: Callback;
}

/** Not from a worker with one of these secrets, too old, or changed on its way. Answer 400, and do nothing else. */
export class CallbackSignatureError extends Error {
  override name = 'CallbackSignatureError' as const;
}

/** Signed, and of a kind that this release does not know. Answer 2xx, or it comes again for a day; a newer release may know it. */
export class UnknownCallbackError extends Error {
  override name = 'UnknownCallbackError' as const;
}

const DEFAULT_TOLERANCE_S = 300;

/**
 * What a callback says, once it is sure that it comes from a worker with one of these secrets.
 *
 * @param secrets as in `DARKROOM_CALLBACK_SECRETS`: the old one and the new one while they change
 * @throws CallbackSignatureError · UnknownCallbackError · TypeError if a secret is none, because with an empty one anybody could sign
 */
export function verifyCallback(
  { headers, body }: ReceivedCallback,
  secrets: string | readonly string[],
  { toleranceS = DEFAULT_TOLERANCE_S, nowMs = Date.now() }: VerifyOptions = {},
): VerifiedCallback {
  const all = typeof secrets === 'string' ? [secrets] : secrets;
  if (all.length === 0 || !all.every(isCallbackSecret))
    throw new TypeError('expected secrets such as whsec_… of DARKROOM_CALLBACK_SECRETS');
  const id = headerOf(headers, 'webhook-id');
  const at = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature');
  if (id === '' || signatures === '' || !/^\d{1,12}$/.test(at))
    throw new CallbackSignatureError('webhook-id, webhook-timestamp or webhook-signature is missing');
  const atS = Number(at);
  if (Math.abs(nowMs / 1000 - atS) > toleranceS)
    throw new CallbackSignatureError(`webhook-timestamp is more than ${toleranceS} s away from this clock`);
  const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
  if (!isSigned({ id, atS, body: text }, signatures, all))
    throw new CallbackSignatureError('no webhook-signature is of one of the secrets');
  return { id, callback: read(text) };
}

/** No more than what tells one kind from another: what a later release adds must not make its callbacks unreadable. */
const knownSchema = z.looseObject({
  type: z.enum([
    'training.needs-decision',
    'training.succeeded',
    'training.failed',
    'training.canceled',
    'training.timed-out',
  ] satisfies Callback['type'][]),
  timestamp: z.iso.datetime(),
  data: z.looseObject({ id: z.string(), state: z.string() }),
});

function read(text: string): Callback {
  const { success, data } = knownSchema.safeParse(parsed(text));
  if (!success) throw new UnknownCallbackError('the body is no callback that this release knows');
  return data as Callback;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A platform may write them in any case; a list is where a header came twice, which these never do. */
function headerOf(headers: ReceivedCallback['headers'], name: string): string {
  const value = isHeaders(headers)
    ? headers.get(name)
    : Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  return typeof value === 'string' ? value : '';
}

/** Not by `instanceof`: each copy of undici has its own. */
function isHeaders(headers: ReceivedCallback['headers']): headers is Pick<Headers, 'get'> {
  return typeof headers['get'] === 'function';
}
