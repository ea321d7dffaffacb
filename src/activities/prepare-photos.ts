import { activityInfo, log } from '@temporalio/activity';
import { DEFAULT_GATES, needsFaces, withGates, type PhotoPolicy } from '../contract/gates';
import { leaveOut } from '../contract/leave-out';
import type { PhotoReason, PhotoRef, PhotoVerdict } from '../contract/photo';
import { shownRef } from '../contract/shown-ref';
import { judgeSet } from '../photos/gates/judge-set';
import { maxPhotoBytes } from '../photos/limits';
import { describeSet, remarksOf } from '../photos/set/describe-set';
import { lookAtPhotos } from '../photos/set/look-at-photos';
import { reportPhotos } from '../photos/report/report-record';
import { photoNotRead } from '../storage/photo-source';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';
import { pictureKey, storedPhotos } from './stored-photos';
import { keepReport } from './stored-report';

/** What a beat says, and the Temporal UI shows: how far the photo set is. */
export interface NormalizeProgress {
  done: number;
  total: number;
  /** Photos that have ended their process twice, by index: a repeated activity does not try them again. */
  deadly?: Record<number, PhotoReason>;
  /**
   * Contents of photos that came over a network, by index: a repeated activity fetches no finished one again, or one host in
   * trouble would have it fetch all the others every minute.
   */
  fetched?: Record<number, string>;
}

export interface PhotosOrder {
  photos: readonly PhotoRef[];
  /** Of the store that the training began with. */
  storeId: string | null;
  policy: PhotoPolicy;
  /** So many good ones are used, the first in the order of `photos`. */
  maxPhotos: number | null;
  creditsPerPhoto: number;
}

export interface PreparedPhotos {
  photos: PhotoVerdict[];
  /** How varied the set is, in one sentence. */
  advice: string;
  /** What the photos that a gate rejected would have cost. */
  creditsSaved: number;
  /** What a person should know of how they were looked at; empty in the usual course. */
  notices: string[];
  /** Storage key of the page that shows each photo and its verdict. */
  report: string;
}

/**
 * Looks at every photo in a process of its own, normalizes it into the store, and decides which are good, each for
 * itself and as a set. What was found out about a photo stays in the store, so a repeated activity, on whatever
 * machine, decodes only what is missing.
 */
export function preparePhotos({ storage, photoSource, photoPool }: ActivityPorts) {
  return (order: PhotosOrder): Promise<PreparedPhotos> => {
    const deadly = { ...lastBeat()?.deadly };
    const fetched = { ...lastBeat()?.fetched };
    const progress = { done: 0, total: order.photos.length, deadly, fetched } satisfies NormalizeProgress;
    return sayingWhatFailed(() =>
      withHeartbeat(
        () => structuredClone(progress),
        async (beat, signal) => {
          await assertOwnStore(storage, order.storeId);
          return prepare(order, signal, { deadly, fetched }, ({ isWorthABeat }) => {
            progress.done += 1;
            if (isWorthABeat) beat();
          });
        },
      ),
    );
  };

  async function prepare(
    order: PhotosOrder,
    signal: AbortSignal,
    { deadly, fetched }: Required<Pick<NormalizeProgress, 'deadly' | 'fetched'>>,
    onPhoto: (photo: { isWorthABeat: boolean }) => void,
  ): Promise<PreparedPhotos> {
    const { photos, policy, maxPhotos } = order;
    const recipe = await photoPool.recipe(signal);
    const library = storedPhotos(storage, {
      recipe,
      crop: policy.crop,
      isLookingForFaces: needsFaces(policy),
    });
    const { photos: seen, facesUnavailable } = await lookAtPhotos(
      photos,
      (ref) => photoSource.locate(ref, maxPhotoBytes, signal),
      {
        pool: photoPool,
        library,
        policy,
        signal,
        deadly,
        fetched,
        notRead: photoNotRead,
        onSeen(index, { record, contentHash }, isNew) {
          const isFetched = contentHash !== null && !(index in fetched) && !isFile(photos[index]);
          if (isFetched) fetched[index] = contentHash;
          // What is known already is looked up within a moment, and each beat is a write of the server.
          onPhoto({ isWorthABeat: isNew || isFetched || index in deadly });
          // Counted by the tests of "no finished photo is done twice"; by number, because a name may say who it is.
          if (isNew) log.info('photo finished', { photoNumber: index + 1, readable: record.readable });
        },
        onDeadly(index, reason, words) {
          deadly[index] = reason;
          log.warn('photo ended its process twice', { photoNumber: index + 1, words });
        },
      },
    );
    if (facesUnavailable !== null) log.warn('faces are not looked for', { reason: facesUnavailable });
    const judged = judgeSet(seen, policy);
    const verdicts = photos.map((photo, index): PhotoVerdict => {
      const { contentHash = null } = seen[index] ?? {};
      const { judgement, twin } = judged[index] ?? missing(index);
      const isGood = judgement.verdict !== 'rejected' && contentHash !== null;
      const output = isGood ? pictureKey(recipe, contentHash, policy.crop) : null;
      const twinRef = twin === null ? undefined : photos[twin];
      return {
        photo: shownRef(photo),
        ...judgement,
        output,
        ...(twinRef !== undefined && { twin: shownRef(twinRef) }),
      };
    });
    const chosen = leaveOut(verdicts, maxPhotos ?? Infinity);
    const description = describeSet(chosen, seen, {
      creditsPerPhoto: order.creditsPerPhoto,
      maxPhotos,
      policy,
      facesUnavailable: facesUnavailable !== null,
    });
    const report = await keepReport(
      storage,
      activityInfo().workflowExecution?.workflowId ?? '',
      {
        recipe,
        crop: policy.crop,
        photos: reportPhotos(chosen, seen, policy.crop),
        remarks: remarksOf(description),
      },
      library,
    );
    const { advice, creditsSaved, notices } = description;
    return { photos: chosen, advice, creditsSaved, notices, report };
  }
}

/** As runs that 0.2.0 and older began call it: the same without a policy of their own, and verdicts alone. */
export function normalizePhotos(ports: ActivityPorts) {
  const prepare = preparePhotos(ports);
  return async (photos: readonly PhotoRef[], storeId: string | null = null): Promise<PhotoVerdict[]> => {
    const gates = withGates(DEFAULT_GATES, ports.photoGates);
    const prepared = await prepare({
      photos,
      storeId,
      policy: { gates, crop: 'whole' },
      maxPhotos: null,
      creditsPerPhoto: 0,
    });
    return prepared.photos;
  };
}

function isFile(ref: PhotoRef | undefined): boolean {
  return ref?.startsWith('file:') === true;
}

/** What the attempt before this one has told last, if there was one and it lived long enough. */
function lastBeat(): NormalizeProgress | undefined {
  return activityInfo().heartbeatDetails as NormalizeProgress | undefined;
}

function missing(index: number): never {
  throw new TypeError(`no verdict on photo ${index}`);
}
