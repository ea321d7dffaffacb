import { activityInfo } from '@temporalio/activity';
import type { TrainRequest } from '../contract/request';
import { faultPoint } from '../fault-points';
import { neverAgain } from '../failures';
import type { Provider, Upload } from '../providers/port';
import { StorageError } from '../storage/port';
import { findRival } from '../submissions/claims';
import { submissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import { sayingWhatFailed } from './activity-failure';
import { exclusiveCall } from './exclusive-call';
import { folderRival } from './folder-rival';
import { withHeartbeat } from './heartbeat';
import { assertSameRequest } from './same-request';
import { assertOwnStore } from './own-store';
import { photoSetHash } from './photo-set';
import type { ActivityPorts } from './ports';
import { readySoon } from './ready-soon';
import { trainedOtherwise } from './trained-already';
import { duplicateSentence, samePersonSentence, takenSentence, thingsOf } from './training-things';

export interface UploadOrder {
  request: TrainRequest;
  /** Storage keys of the photo set. */
  outputs: readonly string[];
  /** Absent in the order of a run that an older release began. */
  storeId?: string | null;
}

export type UploadResult =
  | (Upload & { photoSet?: string; nextAttempt?: number })
  /** This attempt of the same training was sent before, in a run whose history is gone: nothing was uploaded. */
  | { sentAttempt: number };

/** As long as an upload may take. */
const UPLOAD_OVER_MS = 360_000;

/**
 * Hands the photo set to the provider, unless that would be in vain: what was trained before, or cannot be trained, is
 * not uploaded, because an upload costs something too. Safe to redo; the bytes never pass through Temporal.
 */
export function uploadPhotos({ storage, providers, pacing }: ActivityPorts) {
  const journal = submissionJournal(storage);
  return (order: UploadOrder): Promise<UploadResult> =>
    sayingWhatFailed(() => {
      // What the attempt before this one had uploaded is not uploaded again.
      const done = { uploadId: lastBeat()?.uploadId ?? null };
      return withHeartbeat(
        () => ({ photos: order.outputs.length, ...done }),
        (beat, signal) =>
          upload(order, signal, {
            uploadId: done.uploadId,
            onUploaded(uploadId) {
              done.uploadId = uploadId;
              beat();
            },
          }),
      );
    });

  async function upload(
    { request, outputs, storeId = null }: UploadOrder,
    signal: AbortSignal,
    earlierTry: { uploadId: string | null; onUploaded: (uploadId: string) => void },
  ): Promise<UploadResult> {
    await assertOwnStore(storage, storeId);
    const id = activityInfo().workflowExecution?.workflowId ?? '';
    const earlier = await onRecord(journal, id);
    if (earlier.is === 'sent') {
      assertSameRequest(earlier.record, id, request);
      return { sentAttempt: earlier.attempt };
    }
    const provider = providers.get(request.provider);
    const account = providers.account(request.provider);
    const photoSet = photoSetHash(outputs);
    const things = thingsOf(request, { photoSet, provider, account });
    const rival = things.photoSet && (await findRival(storage, journal, things.photoSet, id));
    if (rival !== null) throw neverAgain('DuplicateTraining', duplicateSentence(request, rival));
    const person = await folderRival(storage, journal, { request, id });
    const other = person && (person.rival ?? (await trainedOtherwise(request, person.ids)));
    if (other !== null) throw neverAgain('DuplicateTraining', samePersonSentence(request, other));
    const holder = things.resource && (await findRival(storage, journal, things.resource, id));
    if (holder !== null)
      throw neverAgain('ModelTaken', takenSentence(provider.resource(request) ?? '', holder));

    const against = await provider.admit(request, signal);
    if (against !== null)
      throw neverAgain(
        against.code,
        `${provider.title} cannot train this, nothing was sent: ${against.words}`,
      );
    const { uploadId } = earlierTry;
    const uploaded = uploadId === null ? await send(provider, request, outputs, signal) : { uploadId };
    // One that is ready at once says until when, which would be lost.
    if (!('ready' in uploaded)) earlierTry.onUploaded(uploaded.uploadId);
    faultPoint('after-upload-before-return');
    const upload = await readySoon(provider, uploaded, { ...pacing, signal });
    return { ...upload, photoSet, nextAttempt: earlier.nextAttempt };
  }

  async function send(
    provider: Provider,
    request: TrainRequest,
    outputs: readonly string[],
    signal: AbortSignal,
  ): Promise<Upload> {
    const account = providers.account(request.provider);
    const images = await Promise.all(outputs.map(load));
    const call = await exclusiveCall({ storage, provider, account, overAtMs: Date.now() + UPLOAD_OVER_MS });
    const uploaded = await provider.upload(images, request, signal);
    await call.end();
    return uploaded;
  }

  async function load(key: string): Promise<Buffer> {
    const bytes = await storage.get(key);
    if (bytes !== null) return bytes;
    throw neverAgain(
      'StoreUnavailable',
      `The store has lost ${key}; start the training again with another id`,
      missing(key),
    );
  }
}

function missing(key: string): StorageError {
  return new StorageError(`${key} is not in the store`, 'mend');
}

/** As an earlier try of this activity told it; one of an older release names no upload. */
function lastBeat(): { uploadId?: string | null } | undefined {
  return activityInfo().heartbeatDetails as { uploadId?: string | null } | undefined;
}
