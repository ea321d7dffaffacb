import { addAbortSignal, type Readable } from 'node:stream';
import type { PhotoReason } from '../contract/photo';
import type { PhotoDownloads } from './photo-downloads';
import type { LocatedPhoto, PhotoSource } from './photo-source';
import { StorageError } from './port';
import type { S3Clients } from './s3-clients';
import { isAbsent, s3Error, s3Fault } from './s3-fault';
import type { S3Place } from './s3-settings';

const DOWNLOAD_LIMIT_MS = 60_000;

const SCHEME = 's3://';

/** `s3://BUCKET/KEY` references, in the buckets (or below the prefixes) that the configuration names. */
export function s3Photos(
  places: readonly S3Place[],
  clients: () => Promise<S3Clients>,
  downloads: PhotoDownloads,
): PhotoSource {
  return {
    async locate(ref, maxBytes, signal) {
      const at = allowedObject(ref, places);
      if (at === null) return { rejected: 'not-allowed' };
      const abortSignal = AbortSignal.any([signal, AbortSignal.timeout(DOWNLOAD_LIMIT_MS)]);
      try {
        const { sdk, patient } = await clients();
        const { Body, ContentLength = 0 } = await patient.send(new sdk.GetObjectCommand(at), { abortSignal });
        const body = addAbortSignal(abortSignal, Body as Readable);
        try {
          if (ContentLength > maxBytes) return { rejected: 'too-many-bytes' };
          return await downloads.keep(body, maxBytes);
        } finally {
          body.on('error', () => undefined).destroy();
        }
      } catch (error) {
        signal.throwIfAborted();
        return rejection(error, at.Bucket);
      }
    },
  };
}

/**
 * Null where the configuration does not name its place. A key is a name, and no path: "a/../b" is refused, because what stands
 * behind the protocol may be a disk. No key at all would be the list of the bucket.
 */
function allowedObject(ref: string, places: readonly S3Place[]): { Bucket: string; Key: string } | null {
  if (!ref.startsWith(SCHEME)) return null;
  const [Bucket = '', ...parts] = ref.slice(SCHEME.length).split('/');
  const Key = parts.join('/');
  if (Key === '' || parts.some((part) => part === '' || part === '.' || part === '..')) return null;
  const isAllowed = places.some(
    ({ bucket, prefix }) => bucket === Bucket && (prefix === '' || Key.startsWith(`${prefix}/`)),
  );
  return isAllowed ? { Bucket, Key } : null;
}

/** What S3 says of this object alone; all else says nothing of the photo. */
const OF_THE_OBJECT: Partial<Record<string, PhotoReason>> = {
  AccessDenied: 'not-served',
  // It lies in an archive.
  InvalidObjectState: 'not-served',
  KeyTooLongError: 'not-found',
};

function rejection(error: unknown, bucket: string): LocatedPhoto {
  if (error instanceof StorageError) throw error;
  const fault = s3Fault(error);
  if (isAbsent(fault)) return { rejected: 'not-found' };
  const rejected = OF_THE_OBJECT[fault.code];
  if (rejected !== undefined) return { rejected };
  throw s3Error(`The bucket ${bucket} of photos`, fault);
}
