import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { byName, type PhotoFolder, type PhotoFolders } from './photo-folders';
import { StorageError } from './port';
import { bounded, type S3Clients } from './s3-clients';
import { s3Error, s3Fault } from './s3-fault';
import type { S3Place } from './s3-settings';

const SCHEME = 's3://';

/** "Folders" of a bucket: what stands between the prefix and the next slash. */
export function s3Folders(places: readonly S3Place[], clients: () => Promise<S3Clients>): PhotoFolders {
  return {
    async *below(under, signal) {
      const { bucket, prefix } = allowedPrefix(under, places);
      const above = prefix === '' ? '' : `${prefix}/`;
      const names: string[] = [];
      for await (const { CommonPrefixes = [] } of pages(bucket, above))
        names.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(above.length, -1)));
      for (const name of names.sort(byName)) {
        signal.throwIfAborted();
        yield await folder(bucket, `${above}${name}/`, name);
      }
    },
  };

  async function folder(bucket: string, at: string, name: string): Promise<PhotoFolder> {
    const keys: string[] = [];
    for await (const { Contents = [] } of pages(bucket, at))
      keys.push(...Contents.map(({ Key = '' }) => Key).filter((key) => isPhoto(key.slice(at.length))));
    return { name, photos: keys.sort(byName).map((key) => `${SCHEME}${bucket}/${key}`) };
  }

  async function* pages(Bucket: string, Prefix: string): AsyncGenerator<ListObjectsV2CommandOutput> {
    let ContinuationToken: string | undefined;
    do {
      try {
        const { sdk, patient } = await clients();
        const order = { Bucket, Prefix, Delimiter: '/', ...(ContinuationToken && { ContinuationToken }) };
        const page = await patient.send(new sdk.ListObjectsV2Command(order), bounded());
        yield page;
        ContinuationToken = page.IsTruncated === true ? page.NextContinuationToken : undefined;
      } catch (error) {
        throw s3Error(`The bucket ${Bucket} of photos`, s3Fault(error));
      }
    } while (ContinuationToken !== undefined);
  }
}

/** A marker of a folder has no name of its own. */
function isPhoto(name: string): boolean {
  return name !== '' && !name.startsWith('.');
}

function allowedPrefix(under: string, places: readonly S3Place[]): S3Place {
  const [bucket = '', ...parts] = under.slice(SCHEME.length).replace(/\/+$/, '').split('/');
  const prefix = parts.join('/');
  const isPlain = parts.every((part) => part !== '' && part !== '.' && part !== '..');
  const isAllowed = places.some(
    (place) =>
      place.bucket === bucket &&
      (place.prefix === '' || prefix === place.prefix || prefix.startsWith(`${place.prefix}/`)),
  );
  if (isPlain && isAllowed) return { bucket, prefix };
  throw new StorageError(
    `${under} is no place that the worker may read photos from; name it in DARKROOM_PHOTOS_S3 of the worker`,
    'mend',
  );
}
