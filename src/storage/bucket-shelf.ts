import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { errorCode } from '../error-facts';
import { isOfTheSender, writeHashed, type HashedFile } from './hashed-file';
import { IMPORTED_FOLDER, type PhotoShelf } from './photo-shelf';
import { StorageError } from './port';
import { bounded, type S3Clients } from './s3-clients';
import { isAbsent, s3Error, s3Fault } from './s3-fault';
import { objectName, s3Url, type S3Place } from './s3-settings';

/**
 * A shelf in a bucket that the workers read from. What a photo is called there is known when all of it is here, so it lies in a
 * file until then.
 *
 * @param folder of this process alone
 */
export function bucketShelf(place: S3Place, clients: () => Promise<S3Clients>, folder: string): PhotoShelf {
  return {
    async take(photo, maxBytes) {
      const temporary = path.join(folder, `${randomUUID()}.tmp`);
      try {
        const file = await write();
        if (file.bytes === 0) return { rejected: 'empty' };
        if (file.bytes > maxBytes) return { rejected: 'too-many-bytes' };
        const name = objectName(place, `${IMPORTED_FOLDER}/${file.hash}`);
        await putWhereAbsent(name, temporary, file);
        return { ref: `s3://${place.bucket}/${name}` };
      } finally {
        await rm(temporary, { force: true }).catch(() => undefined);
      }

      async function write(): Promise<HashedFile> {
        try {
          await mkdir(folder, { recursive: true, mode: 0o700 });
          return await writeHashed(photo, temporary, maxBytes);
        } catch (error) {
          if (isOfTheSender(error)) throw error;
          throw new StorageError(`A photo cannot be kept in ${folder} (${errorCode(error)})`, 'wait');
        }
      }
    },
  };

  async function putWhereAbsent(name: string, file: string, { bytes }: HashedFile): Promise<void> {
    const at = { Bucket: place.bucket, Key: name };
    try {
      const { sdk, patient, once } = await clients();
      const there = await patient.send(new sdk.HeadObjectCommand(at), bounded()).catch((error: unknown) => {
        if (isAbsent(s3Fault(error))) return null;
        throw error;
      });
      if (there?.ContentLength === bytes) return;
      const body = createReadStream(file);
      // A stream is sent once: whoever hands the photo in again begins anew.
      await once.send(new sdk.PutObjectCommand({ ...at, Body: body, ContentLength: bytes }), bounded());
    } catch (error) {
      throw s3Error(`The bucket ${s3Url(place)} of photo sets`, s3Fault(error));
    }
  }
}
