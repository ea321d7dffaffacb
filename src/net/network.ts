import { lookup, Resolver } from 'node:dns/promises';
import { isPublicAddress } from './public-address';

/** How names become connections. The product has one; a test puts a server of its own in the place of the internet. */
export interface Network {
  /** All addresses of a name. @throws the system's error (`ENOTFOUND`, `EAI_AGAIN`) */
  readonly resolve: (hostname: string) => Promise<readonly string[]>;
  readonly isPermitted: (address: string) => boolean;
  /** Who may sign certificates, in PEM; null for those that Node trusts. */
  readonly authority: string | null;
}

export const INTERNET: Network = {
  async resolve(hostname) {
    const found = await lookup(hostname, { all: true });
    return found.map(({ address }) => address);
  },
  isPermitted: isPublicAddress,
  authority: null,
};

/** For each of the two kinds of addresses. */
const DNS_TIMEOUT_MS = 3000;

/**
 * For names that anybody may have thought up: asked of the DNS alone, with a limit. The system's own lookup holds one of few threads
 * for as long as a nameserver is silent, and all connections of this process would wait behind it.
 */
export const STRANGERS: Network = {
  ...INTERNET,
  async resolve(hostname) {
    const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 });
    const found = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)]);
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    const [first] = found;
    if (addresses.length === 0 && first.status === 'rejected') throw first.reason;
    return addresses;
  },
};
