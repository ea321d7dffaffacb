import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import type { Network } from './network';

/** A name leads to addresses that nobody from outside may have us ask. */
export class ForbiddenAddressError extends Error {
  override name = 'ForbiddenAddressError' as const;

  constructor() {
    super('the name leads to an address that is not on the internet');
  }
}

const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Connects to addresses that were checked, and to exactly those: the name is resolved once for each connection, here, so an
 * answer that changes between the check and the connection (DNS rebinding) finds nothing between them. Names in numbers
 * are never resolved, so whoever uses this must refuse them before.
 */
export function guardedAgent({ resolve, isPermitted, authority }: Network, timeoutMs: number): Agent {
  const lookup: LookupFunction = (hostname, { all }, callback) => {
    checkedAddresses(hostname).then(
      (found) => {
        const [first] = found;
        if (all === true) callback(null, found);
        else callback(null, first?.address ?? '', first?.family);
      },
      (error: unknown) => callback(error as NodeJS.ErrnoException, '', 4),
    );
  };
  return new Agent({
    // A connection for each request: what was checked for one answer does not stand for the next.
    pipelining: 0,
    connect: { lookup, timeout: CONNECT_TIMEOUT_MS, ...(authority !== null && { ca: authority }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });

  async function checkedAddresses(hostname: string) {
    const addresses = (await resolve(hostname)).filter(isPermitted);
    if (addresses.length === 0) throw new ForbiddenAddressError();
    return addresses.map((address) => ({ address, family: isIP(address) }));
  }
}
