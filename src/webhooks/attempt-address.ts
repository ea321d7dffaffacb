import { keyedHash, sameText } from './keyed-hash';

/** One attempt to submit one training. */
export interface AttemptAt {
  provider: string;
  /** The workflow. */
  id: string;
  attempt: number;
}

/**
 * The last part of an attempt's webhook address: which attempt it is, signed. Nobody can guess one, and whoever receives a delivery
 * needs no table to verify it, only one of the secrets.
 */
export function attemptToken(at: AttemptAt, secret: string): string {
  const name = Buffer.from(`${at.attempt}\n${at.id}`).toString('base64url');
  return `${name}.${keyedHash(secret, `attempt at ${at.provider}`, name)}`;
}

/** The attempt, and the secret that signed it; null where none did. Old secrets stay valid for as long as they are listed. */
export function openToken(
  token: string,
  { provider, secrets }: { provider: string; secrets: readonly string[] },
): { at: AttemptAt; secret: string } | null {
  const [name = '', signature = '', ...rest] = token.split('.');
  if (rest.length > 0) return null;
  const secret = secrets.find((one) => sameText(signature, keyedHash(one, `attempt at ${provider}`, name)));
  const [, attempt, id] = /^(\d{1,9})\n([^]+)$/.exec(Buffer.from(name, 'base64url').toString()) ?? [];
  if (secret === undefined || attempt === undefined || id === undefined) return null;
  return { at: { provider, id, attempt: Number(attempt) }, secret };
}

/** What the provider is to echo with every delivery of this attempt, and with those of no other. */
export function deliverySecret(token: string, secret: string): string {
  return keyedHash(secret, 'delivery', token);
}

/** Proves to `doctor` that an address leads to a gateway that has our secrets. */
export function selfCheckProof(nonce: string, secret: string): string {
  return keyedHash(secret, 'self-check', nonce);
}
