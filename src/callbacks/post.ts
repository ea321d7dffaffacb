import type { Callback } from '../contract/callback';
import { guardedPost, type PostAnswer } from '../net/guarded-post';
import { INTERNET, type Network } from '../net/network';
import { targetOf } from './may-be-called';
import { signaturesOf } from './sign';

export interface CallbackSettings {
  /** Each signs; none: nothing is posted. */
  readonly secrets: readonly string[];
  /** Besides https on the internet. */
  readonly origins: readonly string[];
  /** Where names of the internet are looked up. */
  readonly network: Network;
}

export interface CallbackOrder {
  /** The same at each try. */
  id: string;
  url: string;
  callback: Callback;
}

/** Names of one's own network are known to the system alone: a hosts file, a search domain. */
const OWN_NETWORK: Network = { ...INTERNET, isPermitted: () => true };

/** The other side has to take it, not to work on it. */
const ANSWER_MS = 20_000;

/** Why this worker calls nobody at this URL, as the end of a sentence; null where it does. */
export function whyNotCalled(
  url: string,
  { secrets, origins }: Omit<CallbackSettings, 'network'>,
): string | null {
  if (secrets.length === 0) return 'this worker signs no callbacks: set DARKROOM_CALLBACK_SECRETS';
  if (targetOf(url, origins) !== 'forbidden') return null;
  return 'callbacks go to https addresses with a name, and to the origins of DARKROOM_CALLBACK_ORIGINS';
}

/**
 * Posts once, signed as Standard Webhooks has it. A name of the internet leads to addresses of the internet alone, whatever it
 * resolves to at this try; one that the operator has named leads anywhere.
 */
export function postCallback(
  { id, url, callback }: CallbackOrder,
  { secrets, origins, network }: CallbackSettings,
  { nowMs, signal }: { nowMs: number; signal: AbortSignal },
): Promise<PostAnswer> {
  const body = JSON.stringify(callback);
  const atS = Math.floor(nowMs / 1000);
  const isNamed = targetOf(url, origins) === 'named-origin';
  return guardedPost({
    url: new URL(url),
    headers: {
      'content-type': 'application/json',
      'user-agent': 'darkroom',
      'webhook-id': id,
      'webhook-timestamp': String(atS),
      'webhook-signature': signaturesOf({ id, atS, body }, secrets),
    },
    body,
    network: isNamed ? OWN_NETWORK : network,
    timeoutMs: ANSWER_MS,
    signal,
  });
}

export type { PostAnswer };
