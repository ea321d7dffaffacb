import { createHmac, timingSafeEqual } from 'node:crypto';

/** HMAC-SHA256 in URL-safe base64. `purpose` keeps what was signed for one use from passing for another. */
export function keyedHash(secret: string, purpose: string, text: string): string {
  return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}

/** Takes as long whatever differs; only the length may show. */
export function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
