import { isAllowedHost, type HostRule } from './host-rules';
import { isNumericHost } from './numeric-host';

/**
 * The URL, if it may be asked: https, without credentials, a host and a port out of the list, and a name, because what is
 * written as an address is connected to without being resolved, and so without the check of the connection. Null else.
 */
export function allowedUrl(text: string, base: URL | undefined, rules: readonly HostRule[]): URL | null {
  if (!URL.canParse(text, base?.href)) return null;
  const url = new URL(text, base?.href);
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '') return null;
  if (isNumericHost(url)) return null;
  return isAllowedHost(rules, url) ? url : null;
}
