import { isNumericHost } from '../net/numeric-host';

/**
 * Where a callback may go: https to a name, which is then resolved and may lead to the internet alone; or an origin that the
 * operator has named, wherever that is.
 */
export type CallbackTarget = 'internet' | 'named-origin' | 'forbidden';

export function targetOf(url: string, origins: readonly string[]): CallbackTarget {
  if (!URL.canParse(url)) return 'forbidden';
  const target = new URL(url);
  if (target.username !== '' || target.password !== '') return 'forbidden';
  if (origins.includes(target.origin)) return 'named-origin';
  return target.protocol === 'https:' && !isNumericHost(target) ? 'internet' : 'forbidden';
}
