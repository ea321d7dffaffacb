import { addAbortSignal, type Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { StorageError, type Storage } from './port';
import { bounded, type S3Clients } from './s3-clients';
import { createObject } from './s3-create';
import { isAbsent, s3Error, s3Fault } from './s3-fault';
import { proveExclusive } from './s3-proof';
import { objectName, s3Url, type S3Place, type S3Settings } from './s3-settings';
import { keyParts } from './storage-key';

/** A store in a bucket of Amazon S3, or of anything that speaks its protocol and creates exclusively. */
export function s3Storage(
  place: S3Place,
  { endpoint }: Pick<S3Settings, 'endpoint'>,
  clients: () => Promise<S3Clients>,
): Storage {
  const what = `The store ${s3Url(place)}${endpoint === null ? '' : ` at ${endpoint}`}`;
  const addressOf = (key: string) => ({
    Bucket: place.bucket,
    Key: objectName(place, keyParts(key).join('/')),
  });
  let proof: Promise<void> | null = null;

  /** One look at the store for all who create, repeated only where it failed. */
  const proven = () =>
    (proof ??= attempt(async (found) => {
      const words = await proveExclusive(found, addressOf);
      if (words !== null) throw new StorageError(`${what} cannot be used (${words})`, 'mend');
    }).catch((error: unknown) => {
      proof = null;
      throw error;
    }));

  return {
    async put(key, bytes) {
      const at = addressOf(key);
      await attempt(({ sdk, patient }) =>
        patient.send(new sdk.PutObjectCommand({ ...at, Body: bytes }), bounded()),
      );
    },
    async create(key, bytes) {
      const at = addressOf(key);
      // One that lets two create the same object would let two pay for the same training.
      await proven();
      return attempt((found) => createObject(found, at, bytes));
    },
    async list(prefix) {
      const { Bucket, Key } = addressOf(prefix);
      return attempt(async ({ sdk, patient }) => {
        const keys: string[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await patient.send(
            new sdk.ListObjectsV2Command({
              Bucket,
              Prefix: `${Key}/`,
              Delimiter: '/',
              ...(ContinuationToken !== undefined && { ContinuationToken }),
            }),
            bounded(),
          );
          for (const { Key: found = '' } of page.Contents ?? [])
            keys.push(`${prefix}/${found.slice(Key.length + 1)}`);
          ContinuationToken = page.IsTruncated === true ? page.NextContinuationToken : undefined;
        } while (ContinuationToken !== undefined);
        return keys;
      });
    },
    async has(key) {
      const at = addressOf(key);
      return attempt(async ({ sdk, patient }) => {
        try {
          await patient.send(new sdk.HeadObjectCommand(at), bounded());
          return true;
        } catch (error) {
          // A HEAD has no words, and a bucket that is not there must not pass for an object that is not.
          if (isAbsent(s3Fault(error))) return (await get(key)) !== null;
          throw error;
        }
      });
    },
    get,
    prove: proven,
  };

  async function get(key: string): Promise<Buffer | null> {
    const at = addressOf(key);
    return attempt(async ({ sdk, patient }) => {
      try {
        const bound = bounded();
        const { Body } = await patient.send(new sdk.GetObjectCommand(at), bound);
        if (Body === undefined) return Buffer.alloc(0);
        // The SDK's own signal ends with the headers.
        return await buffer(addAbortSignal(bound.abortSignal, Body as Readable));
      } catch (error) {
        if (isAbsent(s3Fault(error))) return null;
        throw error;
      }
    });
  }

  async function attempt<T>(work: (found: S3Clients) => Promise<T>): Promise<T> {
    try {
      return await work(await clients());
    } catch (error) {
      if (error instanceof StorageError) throw error;
      throw s3Error(what, s3Fault(error));
    }
  }
}
