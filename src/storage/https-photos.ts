import type { PhotoReason } from '../contract/photo';
import { guardedGet, type GuardedAnswer, type Refusal } from '../net/guarded-get';
import type { HostRule } from '../net/host-rules';
import { INTERNET, type Network } from '../net/network';
import type { PhotoDownloads } from './photo-downloads';
import type { PhotoSource } from './photo-source';
import { StorageError } from './port';

export interface HttpsPhotoOptions {
  /** Empty: no photo is read from anywhere. */
  hosts: readonly HostRule[];
  /** For tests, which have no internet. */
  network?: Network;
  timeoutMs?: number;
}

const DOWNLOAD_LIMIT_MS = 60_000;

const REASONS: Record<Refusal, PhotoReason> = {
  'not-allowed': 'not-allowed',
  'forbidden-address': 'forbidden-address',
  'too-many-redirects': 'too-many-redirects',
  'no-such-host': 'not-found',
  untrusted: 'not-served',
};

/** `https:` references, from the hosts that the configuration names. */
export function httpsPhotos(
  { hosts, network = INTERNET, timeoutMs = DOWNLOAD_LIMIT_MS }: HttpsPhotoOptions,
  downloads: PhotoDownloads,
): PhotoSource {
  return {
    locate(ref, maxBytes, signal) {
      return guardedGet({ url: ref, hosts, network, timeoutMs, signal }, async (answer, wordsOf) => {
        const what = `A photo at ${hostOf(ref)} cannot be fetched`;
        if (answer.kind === 'refused') return { rejected: REASONS[answer.why] };
        if (answer.kind === 'failed') throw new StorageError(`${what} (${answer.words})`, 'wait');
        const rejected = rejection(answer, maxBytes);
        if (rejected === 'may-pass') throw new StorageError(`${what} (HTTP ${answer.status})`, 'wait');
        if (rejected !== null) return { rejected };
        try {
          return await downloads.keep(answer.body, maxBytes);
        } catch (error) {
          signal.throwIfAborted();
          if (error instanceof StorageError) throw error;
          throw new StorageError(`${what} (${wordsOf(error)})`, 'wait');
        }
      });
    },
  };
}

/** Not the path, and never what stands behind the "?": errors are logged and stand in Temporal's history. */
function hostOf(ref: string): string {
  return URL.canParse(ref) ? new URL(ref).host : 'no host';
}

const MAY_PASS = new Set([408, 425, 429]);

function rejection(
  { status, bytes }: Extract<GuardedAnswer, { kind: 'answer' }>,
  maxBytes: number,
): PhotoReason | 'may-pass' | null {
  if (status >= 500 || MAY_PASS.has(status)) return 'may-pass';
  if (status === 404 || status === 410) return 'not-found';
  if (status !== 200) return 'not-served';
  return bytes !== null && bytes > maxBytes ? 'too-many-bytes' : null;
}
