import { createHash } from 'node:crypto';
import { z } from 'zod';
import { StorageError, type Storage } from '../storage/port';
import { faultPoint } from '../fault-points';
import type { AttemptRef, SubmissionJournal } from './journal';
import { blocks } from './standing';

/**
 * Who wants to train the same thing. Claims on one thing are numbered; each is made before the record of its attempt.
 * Before somebody sends, every claim with a lower number must be harmless: its attempt is void, refused or failed.
 * One without a record yet is made void, so it never can be sent. Of two at once, therefore, exactly one sends,
 * and the other finds it and names it.
 */
export interface Thing {
  /** What makes two requests the same. */
  readonly parts: readonly unknown[];
  /** Whether a training of it that failed still stands in the way, as with a model that trains once. */
  readonly evenIfFailed: boolean;
}

const claimSchema = z.looseObject({ id: z.string(), attempt: z.number(), number: z.number() });
type Claim = z.infer<typeof claimSchema>;

/** The id of another training that stands in the way, or null. Looks only; nothing is claimed. */
export async function findRival(
  storage: Storage,
  journal: SubmissionJournal,
  thing: Thing,
  id: string,
): Promise<string | null> {
  for (const claim of await claimsOn(storage, thing)) {
    if (claim.id !== id && blocks(await journal.standing(claim), thing)) return claim.id;
  }
  return null;
}

/** Claims a thing for an attempt. Null: it may be sent, as soon as its own record is created. */
export async function claim(
  storage: Storage,
  journal: SubmissionJournal,
  thing: Thing,
  ref: AttemptRef,
): Promise<string | null> {
  const number = await take(storage, thing, ref);
  faultPoint('after-claim');
  for (const other of await claimsOn(storage, thing)) {
    if (other.number >= number || other.id === ref.id) continue;
    await journal.begin({ kind: 'void', id: other.id, attempt: other.attempt, atMs: Date.now() });
    if (blocks(await journal.standing(other), thing)) return other.id;
  }
  return null;
}

async function take(storage: Storage, thing: Thing, { id, attempt }: AttemptRef): Promise<number> {
  const last = Math.max(0, ...(await claimsOn(storage, thing)).map(({ number }) => number));
  for (let number = last + 1; ; number += 1) {
    const entry = Buffer.from(JSON.stringify({ id, attempt, number, atMs: Date.now() }));
    if ((await storage.create(`${folderOf(thing)}/${number}.json`, entry)) === 'created') return number;
  }
}

async function claimsOn(storage: Storage, thing: Thing): Promise<Claim[]> {
  const keys = await storage.list(folderOf(thing));
  const claims = await Promise.all(
    keys.map(async (key) => {
      const bytes = await storage.get(key);
      return bytes === null ? null : readClaim(key, bytes);
    }),
  );
  return claims.filter((one) => one !== null).sort((a, b) => a.number - b.number);
}

/** One that cannot be read may be anybody's, so nothing is sent before a person has looked. */
function readClaim(key: string, bytes: Buffer): Claim {
  try {
    return claimSchema.parse(JSON.parse(bytes.toString()));
  } catch {
    throw new StorageError(`The claim ${key} in the store cannot be read`, 'mend');
  }
}

function folderOf({ parts }: Thing): string {
  return `claims/${createHash('sha256').update(JSON.stringify(parts)).digest('hex')}`;
}
