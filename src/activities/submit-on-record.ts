import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import type { ProviderName, TrainRequest } from '../contract/request';
import { faultPoint } from '../fault-points';
import type { SubmissionOutcome } from '../providers/port';
import { claim } from '../submissions/claims';
import { submissionJournal, type AttemptRef } from '../submissions/journal';
import { ownerOf } from '../submissions/training-owners';
import { sayingWhatFailed } from './activity-failure';
import { attemptIntent, webhookOf } from './attempt-intent';
import { exclusiveCall } from './exclusive-call';
import { personOf } from './folder-ids';
import { folderRival } from './folder-rival';
import { attemptName, withHeartbeat } from './heartbeat';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';
import { duplicateSentence, samePersonSentence, takenSentence, thingsOf } from './training-things';

export interface SubmitOrder {
  request: TrainRequest;
  uploadId: string;
  /** After this instant (Unix ms) the upload may be gone, or the deadline has passed, so nothing is sent. */
  notAfterMs: number | null;
  /** The number of this attempt's record. Absent, like the rest, in the order of a run that an older release began. */
  attempt?: number;
  storeId?: string | null;
  photoSet?: string | null;
  expectedCredits?: number;
}

export type SubmitResult = { nextAttempt?: number } & (
  | SubmissionOutcome
  /** Nothing was sent, because the upload or the deadline of the training is over. */
  | { outcome: 'too-late' }
  /** A record of this attempt was there already: it says what became of it, and nothing was sent. */
  | { outcome: 'on-record' }
);

/** From the start of the activity to the first byte: records, and a balance (5 s) where it is evidence. */
const SEND_WITHIN_MS = 15_000;
const AGAIN_AFTER_MS = 5000;

/**
 * The one paid call, with a record in the store before it and after it. The workflow schedules it with a single attempt,
 * and it has no code path that calls the provider twice. It does not listen to a cancel once it has sent: a call cut
 * off in the middle has an unknown outcome.
 */
export function submitOnRecord(
  { storage, providers, submission, webhooks }: ActivityPorts,
  ensureWatched: (provider: ProviderName) => Promise<void> = () => Promise.resolve(),
) {
  const journal = submissionJournal(storage);
  return (order: SubmitOrder): Promise<SubmitResult> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ uploadId: order.uploadId }),
        () => submit(order),
      ),
    );

  async function submit(order: SubmitOrder): Promise<SubmitResult> {
    const { request, photoSet = null, storeId = null, expectedCredits = 0 } = order;
    const attempt = order.attempt ?? attemptOfOldOrder();
    const ref = { id: activityInfo().workflowExecution?.workflowId ?? attemptName(), attempt };
    // Before the clock of the call is set: how long it takes to read is up to the other one.
    const folder = await folderOf(request, ref);
    if (folder !== null && folder.rival !== null)
      return refusedAs('DuplicateTraining', samePersonSentence(request, folder.rival), attempt);
    const ownSendByMs = Date.now() + SEND_WITHIN_MS;
    const sendByMs = Math.min(order.notAfterMs ?? Infinity, ownSendByMs);
    if (Date.now() > sendByMs) return { outcome: 'too-late', nextAttempt: attempt };
    const provider = providers.get(request.provider);
    const account = providers.account(request.provider);
    await assertOwnStore(storage, storeId);
    faultPoint('before-record');

    const things = thingsOf(request, { photoSet, provider, account });
    const rival = things.photoSet && (await claim(storage, journal, things.photoSet, ref));
    if (rival !== null) return refusedAs('DuplicateTraining', duplicateSentence(request, rival), attempt);
    const person = folder && (await claim(storage, journal, personOf(request), ref));
    if (person !== null) return refusedAs('DuplicateTraining', samePersonSentence(request, person), attempt);
    const holder = things.resource && (await claim(storage, journal, things.resource, ref));
    if (holder !== null)
      return refusedAs('ModelTaken', takenSentence(provider.resource(request) ?? '', holder), attempt);

    const overAtMs = ownSendByMs + submission.timeoutMs;
    const call = await exclusiveCall({ storage, provider, account, overAtMs });
    const intent = attemptIntent(ref, {
      request,
      photoSet,
      expectedCredits,
      overAtMs,
      webhooks,
      account: account.account,
      creditsBefore: call.creditsBefore,
      call: call.name,
    });
    if ((await journal.begin(intent)) === 'exists') return { outcome: 'on-record', nextAttempt: attempt };
    faultPoint('after-record');

    // A process that was frozen since may have been given up for dead, and its attempt looked up.
    if (Date.now() > sendByMs || cancellationSignal().aborted) {
      const words = 'nothing was sent, it was too late when the record stood';
      await record(ref, { outcome: 'refused', words });
      const nextAttempt = attempt + 1;
      // Only these two are for the workflow to judge; of a slow store or a worker that stops it knows nothing.
      if (Date.now() > (order.notAfterMs ?? Infinity)) return { outcome: 'too-late', nextAttempt };
      const again = { afterMs: AGAIN_AFTER_MS };
      return { outcome: 'refused', code: 'StoreUnavailable', words, again, nextAttempt };
    }
    const outcome = await provider.submit({
      uploadId: order.uploadId,
      request,
      webhook: webhookOf(intent, webhooks.publicUrl),
      onWritten: () => faultPoint('after-request-written'),
    });
    faultPoint('after-response-before-record');
    await record(ref, outcome);
    await afterwards('the call on the account could not be ended', call.end);
    if (outcome.outcome === 'accepted') {
      const training = {
        provider: request.provider,
        account: account.account,
        trainingId: outcome.trainingId,
      };
      await afterwards('the owner of the training could not be recorded', () =>
        ownerOf(storage, training, ref.id),
      );
      await ensureWatched(request.provider);
    }
    log.info('submission', { attempt: attemptName(), outcome: outcome.outcome });
    faultPoint('after-record-before-return');
    return { ...outcome, nextAttempt: attempt + 1 };
  }

  /**
   * Where it is of a folder, which other training of that was sent: by an older release, which makes no claim of a person, since the
   * upload. What this one has on record itself is no question of that.
   */
  async function folderOf(request: TrainRequest, ref: AttemptRef): Promise<{ rival: string | null } | null> {
    const found = await folderRival(storage, journal, { request, id: ref.id });
    return found === null || (await journal.standing(ref)).standing !== 'absent' ? null : found;
  }

  async function record(ref: AttemptRef, outcome: Outcome): Promise<void> {
    await afterwards('the outcome could not be recorded', () =>
      journal.recordOutcome(ref, { ...outcome, atMs: Date.now() }),
    );
  }
}

/**
 * What is written after the call. The history holds the outcome as well: a store that fails now must not turn a known
 * outcome into an unknown one.
 */
async function afterwards(complaint: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (error) {
    log.warn(complaint, { attempt: attemptName(), error: String(error) });
  }
}

/** Up to 0.1.0 the activity's id was the only number: `submit-2`. */
function attemptOfOldOrder(): number {
  return Number(/^submit-(\d+)$/.exec(activityInfo().activityId)?.[1] ?? 1);
}

type Outcome = SubmissionOutcome | { outcome: 'refused'; words: string };

function refusedAs(code: 'DuplicateTraining' | 'ModelTaken', words: string, attempt: number): SubmitResult {
  return { outcome: 'refused', code, words, again: 'never', nextAttempt: attempt };
}
