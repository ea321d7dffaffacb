import { isIP } from 'node:net';

/**
 * Where a callback may go: https to a name, which is then resolved and may lead to the internet alone; or an origin that the
 * operator has named, wherever that is.
 */
export type CallbackTarget = 'internet' | 'named-origin' | 'forbidden';

export function targetOf(url: string, origins: readonly string[]): CallbackTarget {
  if (!URL.canParse(url)) return 'forbidden';
  const { protocol, hostname, origin, username, password } = new URL(url);
  if (username !== '' || password !== '') return 'forbidden';
  if (origins.includes(origin)) return 'named-origin';
  const isNumber = isIP(hostname) !== 0 || hostname.startsWith('[');
  return protocol === 'https:' && !isNumber ? 'internet' : 'forbidden';
}
