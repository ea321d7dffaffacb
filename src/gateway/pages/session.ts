import type { ApiKey } from '../api/api-key';
import { keyedHash, sameText } from '../../webhooks/keyed-hash';

/** A working day. Whoever looks on after that signs in again. */
export const SESSION_MS = 12 * 3_600_000;
const PURPOSE = 'page-session';
/** Enough to tell keys apart; what a key's hash begins with opens nothing. */
const KEY_ID_LENGTH = 16;

/**
 * What a browser keeps of a key: which one, until when, signed. Nothing is kept here, so any gateway with the same secrets takes
 * it, and it ends with the key.
 */
export function newSession({ sha256 }: ApiKey, { secret, nowMs }: { secret: string; nowMs: number }): string {
  const claim = `${sha256.slice(0, KEY_ID_LENGTH)}.${nowMs + SESSION_MS}`;
  return `${claim}.${keyedHash(secret, PURPOSE, claim)}`;
}

/** The key that the session was opened with; null where it is none of ours, is over, or the key is gone. */
export function keyOfSession(
  session: string,
  { keys, secrets, nowMs }: { keys: readonly ApiKey[]; secrets: readonly string[]; nowMs: number },
): ApiKey | null {
  const [, keyId, untilMs, signature] = /^([0-9a-f]{16})\.(\d{1,15})\.([\w-]{43})$/.exec(session) ?? [];
  if (keyId === undefined || untilMs === undefined || signature === undefined) return null;
  const claim = `${keyId}.${untilMs}`;
  const isOurs = secrets.some((secret) => sameText(keyedHash(secret, PURPOSE, claim), signature));
  if (!isOurs || Number(untilMs) <= nowMs) return null;
  return keys.find(({ sha256 }) => sha256.startsWith(keyId)) ?? null;
}
