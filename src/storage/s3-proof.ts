import { randomUUID } from 'node:crypto';
import { bounded, type S3Clients } from './s3-clients';
import { createObject, creatorOf, type ObjectAddress } from './s3-create';

/** So many try to create one object at once: some stores look first and write afterwards, and are right one by one. */
const RIVALS = 6;

/**
 * Why the store cannot be used, or null. Many that speak S3's protocol ignore `If-None-Match`, and answer "created" to everyone:
 * of two that would send the same submission, both would.
 */
export async function proveExclusive(
  found: S3Clients,
  addressOf: (key: string) => ObjectAddress,
): Promise<string | null> {
  const at = addressOf(`probe/${randomUUID()}`);
  const create = () => createObject(found, at, Buffer.from('probe'));
  try {
    const answers = await Promise.all(Array.from({ length: RIVALS }, create));
    const created = answers.filter((answer) => answer === 'created').length;
    if (!(await creatorOf(found, at)))
      return 'it does not keep the metadata of an object, by which its creator knows it again; use another store';
    if (created > 1 || (await create()) === 'created')
      return 'it creates an object twice, because it ignores If-None-Match; use a store that honors it';
    return null;
  } finally {
    // Without the right to delete, an object of five bytes stays behind.
    await found.patient.send(new found.sdk.DeleteObjectCommand(at), bounded()).catch(() => undefined);
  }
}
