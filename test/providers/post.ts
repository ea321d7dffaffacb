import type { HttpCall } from '../../src/providers/http';

export const SECRET = 'k-SECRET-1';

/** A call as an adapter makes it. */
export function post(url: string, changes: Partial<HttpCall> = {}): HttpCall {
  return {
    method: 'POST',
    url,
    headers: { authorization: SECRET },
    body: { a: 1 },
    secret: SECRET,
    timeoutMs: 5000,
    signal: null,
    ...changes,
  };
}
