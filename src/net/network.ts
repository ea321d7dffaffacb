import { lookup } from 'node:dns/promises';
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
