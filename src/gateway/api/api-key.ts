import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a key may do: start and cancel trainings and hand in photos · read everything · decide, which may cost a second charge. */
export const API_SCOPES = ['start', 'read', 'decide'] as const;
export type ApiScope = (typeof API_SCOPES)[number];

/** Of a key, all but the key: who can read where it is kept cannot use it. */
export interface ApiKey {
  /** Whose it is, for logs and limits. */
  name: string;
  /** Of the key, in hexadecimal. Keys are 256 random bits, which no dictionary holds, so one round is enough. */
  sha256: string;
  scopes: readonly ApiScope[];
}

const PREFIX = 'dk_';

export function newApiKey(name: string, scopes: readonly ApiScope[]): { key: string; kept: ApiKey } {
  const key = PREFIX + randomBytes(32).toString('base64url');
  return { key, kept: { name, sha256: digest(key).toString('hex'), scopes } };
}

/** The one that was presented, or null. Takes as long whichever it is, and whether it is one at all. */
export function keyPresented(keys: readonly ApiKey[], presented: string): ApiKey | null {
  const given = digest(presented);
  let found: ApiKey | null = null;
  for (const key of keys) if (timingSafeEqual(given, Buffer.from(key.sha256, 'hex'))) found = key;
  return found;
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
