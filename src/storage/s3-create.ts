import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { bounded, type S3Clients } from './s3-clients';
import { isAbsent, s3Fault, type S3Fault } from './s3-fault';

export interface ObjectAddress {
  Bucket: string;
  Key: string;
}

/** How a creator knows its own object again: nobody else can have written this one. */
const CREATOR = 'darkroom-creator';

/** So often the same creation is sent, with a pause before each but the first. */
const PAUSES_MS = [0, 200, 1000];

/**
 * Creates an object that must not exist yet. An answer may be lost after the object was stored, and whoever answers may
 * have got the request twice, from a proxy that repeats it. So only the object itself says who created it: unless the store
 * has said `created`, it is read back, and it is ours if it holds our name. Where there is none, the very same request is
 * sent again: whichever of the two arrives first creates, the other one is refused, and both have our name on them.
 *
 * @throws what the last try came to. Nobody has said `exists` then, and the object may still appear
 */
export async function createObject(
  clients: S3Clients,
  at: ObjectAddress,
  bytes: Buffer,
): Promise<'created' | 'exists'> {
  const { sdk, once } = clients;
  const creator = randomUUID();
  const put = { ...at, Body: bytes, IfNoneMatch: '*', Metadata: { [CREATOR]: creator } };
  let last: unknown;
  for (const pauseMs of PAUSES_MS) {
    await delay(pauseMs);
    try {
      await once.send(new sdk.PutObjectCommand(put), bounded());
      return 'created';
    } catch (error) {
      last = error;
      if (isCertainlyRefused(s3Fault(error))) throw error;
    }
    const found = await creatorOf(clients, at);
    if (found !== null) return found === creator ? 'created' : 'exists';
  }
  throw last;
}

/** Null where there is no such object; empty where it does not say who created it. */
export async function creatorOf({ sdk, patient }: S3Clients, at: ObjectAddress): Promise<string | null> {
  try {
    const { Metadata = {} } = await patient.send(new sdk.HeadObjectCommand(at), bounded());
    return Metadata[CREATOR] ?? '';
  } catch (error) {
    if (isAbsent(s3Fault(error))) return null;
    throw error;
  }
}

/**
 * Refused for another reason than that the object is there, so it was not stored. 412: it is there, or somebody says so;
 * 409: another one is being written; both are asked about.
 */
function isCertainlyRefused({ code, status }: S3Fault): boolean {
  // An answer below 400 that could not be read is none: the object may be there.
  if (status === null || status < 400 || status >= 500 || status === 429) return false;
  return status !== 412 && status !== 409 && code !== 'RequestTimeout';
}
