import { needsFaces, type PhotoPolicy } from '../../contract/gates';
import type { LocatedFile } from '../../contract/located-file';
import type { PhotoReason } from '../../contract/photo';
import { withoutFaces } from '../findings';
import type { PhotoPool } from '../process/photo-pool';
import { mapInFlight } from '../../map-in-flight';
import { recordOf, type PhotoLibrary, type PhotoRecord } from './photo-library';

/** One photo that was looked at. `contentHash`: null where its bytes could not be read. */
export interface SeenPhoto {
  contentHash: string | null;
  record: PhotoRecord;
}

export interface SeenSet {
  photos: SeenPhoto[];
  /** Why nobody looked for faces although it was wanted; null in the usual course. */
  facesUnavailable: string | null;
}

/** Where a photo can be read, until `release` is called. */
export type Located = { file: LocatedFile; release?: () => Promise<void> } | { rejected: PhotoReason };

export interface LookOptions {
  pool: PhotoPool;
  library: PhotoLibrary;
  policy: PhotoPolicy;
  signal: AbortSignal;
  /** Photos that no process survived when this was begun before, by index: they are not tried again. */
  deadly?: Readonly<Record<number, PhotoReason>>;
  /** What photos were found to be when this was begun before, by index: what the library has of them is not fetched again. */
  fetched?: Readonly<Record<number, string>>;
  /** The error for a photo that the system does not let us read just now. */
  notRead: (code: string) => Error;
  /** Told after each photo. `isNew`: it was decoded now, not known from before. */
  onSeen: (index: number, seen: SeenPhoto, isNew: boolean) => void;
  /** Told of a photo that no process survives. */
  onDeadly: (index: number, reason: PhotoReason, words: string) => void;
}

/** One photo more than there are processes is in flight, so that none waits for the next file to be found. */
const SPARE = 1;

/** Looks at each photo, in a process of the pool, once: what the library knows is not decoded again. In order. */
export async function lookAtPhotos<T>(
  photos: readonly T[],
  locate: (photo: T) => Promise<Located>,
  { pool, library, policy, signal, deadly = {}, fetched = {}, notRead, onSeen, onDeadly }: LookOptions,
): Promise<SeenSet> {
  const noFaces: string[] = [];
  const deadlyContents = new Map<string, PhotoRecord>();
  const look = { crop: policy.crop, isLookingForFaces: needsFaces(policy) };
  const seen = await mapInFlight(photos, pool.processes + SPARE, async (photo, index) => {
    signal.throwIfAborted();
    const [one, isNew] = await see(photo, index);
    onSeen(index, one, isNew);
    return one;
  });
  return { photos: seen, facesUnavailable: noFaces[0] ?? null };

  /** A copy of a photo that has ended its processes would end others. */
  async function find(contentHash: string): Promise<PhotoRecord | null> {
    return deadlyContents.get(contentHash) ?? library.find(contentHash);
  }

  function asAsked(contentHash: string, known: PhotoRecord): SeenPhoto {
    if (look.isLookingForFaces && hasNoFaces(known)) noFaces.push('there was no face detector');
    return { contentHash, record: look.isLookingForFaces ? known : faceless(known) };
  }

  async function see(photo: T, index: number): Promise<[SeenPhoto, boolean]> {
    const known = deadly[index];
    if (known !== undefined) return [unread(known), false];
    const hash = fetched[index];
    const record = hash === undefined ? null : await find(hash);
    if (hash !== undefined && record !== null) return [asAsked(hash, record), false];
    const located = await locate(photo);
    if ('rejected' in located) return [unread(located.rejected), false];
    const answer = await pool.look(located.file, look, find, signal).finally(() => located.release?.());
    switch (answer.kind) {
      case 'known':
        return [asAsked(answer.contentHash, answer.known), false];
      case 'examined': {
        if (answer.facesUnavailable !== null) noFaces.push(answer.facesUnavailable);
        await library.keep(answer.contentHash, answer.examined);
        return [{ contentHash: answer.contentHash, record: recordOf(answer.examined) }, true];
      }
      case 'not-opened':
        return [unread(answer.reason), false];
      case 'not-read':
        throw notRead(answer.code);
      case 'deadly': {
        const one = unread(answer.reason);
        if (answer.contentHash !== null) deadlyContents.set(answer.contentHash, one.record);
        onDeadly(index, answer.reason, answer.words);
        return [one, false];
      }
    }
  }
}

/** Another training may have looked for faces in the same photo. */
function faceless(record: PhotoRecord): PhotoRecord {
  return record.readable ? { ...record, findings: withoutFaces(record.findings) } : record;
}

function hasNoFaces(record: PhotoRecord): boolean {
  return record.readable && record.findings.faces === null;
}

/** What cannot be read has no record: next time it may be another file. */
function unread(reason: PhotoReason): SeenPhoto {
  return { contentHash: null, record: { readable: false, reason } };
}
