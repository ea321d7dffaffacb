import { isIP } from 'node:net';

/**
 * Whether the host of a `URL` is an address instead of a name. What is written as one is connected to without being resolved, and so
 * without the check of the connection. `URL` has made every notation of IPv4 plain, and put IPv6 into brackets.
 */
export function isNumericHost({ hostname }: URL): boolean {
  return isIP(hostname) !== 0 || hostname.startsWith('[');
}
