import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What of IPv6 is on the internet at all; the rest is local, translated, or not given to anybody. */
const GLOBAL_IPV6 = ipaddr.parseCIDR('2000::/3');

/** In public ranges, and answered by the inside of a cloud: Azure's agent. */
const INSIDE_A_CLOUD = new Set(['168.63.129.16']);

/**
 * Whether an address is of the internet at large, so that asking it asks nothing inside of our own network. What wraps an
 * IPv4 address (mapped, NAT64, 6to4, Teredo) is refused as a whole: a host on the internet has an address of its own.
 */
export function isPublicAddress(address: string): boolean {
  // In full, or what the library reads as an address might be another one to whoever connects; a zone is of a local network.
  if (isIP(address) === 0 || address.includes('%')) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast' || INSIDE_A_CLOUD.has(parsed.toString())) return false;
  return parsed.kind() === 'ipv4' || parsed.match(GLOBAL_IPV6);
}
