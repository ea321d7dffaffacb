import { createHmac, timingSafeEqual } from 'node:crypto';

/** https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, symmetric signatures. */
const VERSION = 'v1';
const PREFIX = 'whsec_';
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** What is signed: a body under its id, at the time when it was sent. */
export interface Signed {
  id: string;
  /** Unix seconds. */
  atS: number;
  body: string;
}

/** The header `webhook-signature`: one signature for each secret, so that a receiver can have the old one or the new one. */
export function signaturesOf(signed: Signed, secrets: readonly string[]): string {
  return secrets.map((secret) => `${VERSION},${hash(signed, secret).toString('base64')}`).join(' ');
}

/** Whether one of the signatures is of one of the secrets. Takes as long whichever it is. */
export function isSigned(signed: Signed, signatures: string, secrets: readonly string[]): boolean {
  const given = signatures.split(' ').flatMap((one) => {
    const [version, text = ''] = one.split(',');
    return version === VERSION ? [Buffer.from(text, 'base64')] : [];
  });
  const wanted = secrets.map((secret) => hash(signed, secret));
  return given.some((one) =>
    wanted.some((other) => one.length === other.length && timingSafeEqual(one, other)),
  );
}

/** Whether this is `whsec_` and the base64 of 24 to 64 random bytes, as the specification has it. */
export function isCallbackSecret(text: string): boolean {
  const encoded = text.slice(PREFIX.length);
  const isBase64 = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) && encoded.length % 4 === 0;
  const { length } = keyOf(text);
  return text.startsWith(PREFIX) && isBase64 && length >= LEAST_BYTES && length <= MOST_BYTES;
}

function hash({ id, atS, body }: Signed, secret: string): Buffer {
  return createHmac('sha256', keyOf(secret)).update(`${id}.${atS}.${body}`).digest();
}

function keyOf(secret: string): Buffer {
  return Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
}
