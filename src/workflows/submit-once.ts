import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SubmitOrder, SubmitResult } from '../activities/submit-on-record';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { release, reserve, settle } from './credits';
import { enterState } from './enter-state';
import { getPlace } from './get-place';
import { endTurn, hasAsked, losePlace, tellSent } from './give-place-back';
import { handOverIfSuggested } from './hand-over';
import { normalizePhotos } from './normalize-photos';
import { pause } from './pause';
import { reconcile } from './reconcile';
import { NO_PLACE } from './take-place';
import { stopped } from './to-its-end';
import { goodPhotos, planOf, type TrainingRun } from './training-run';
import { isUsable, uploadPhotos } from './upload-photos';

/**
 * The one paid call. It is made again only where the provider certainly did not start; an unknown outcome is looked up,
 * and where there is no proof a person decides.
 */
export async function submitOnce(run: TrainingRun): Promise<void> {
  const { progress } = run;
  while (progress.trainingId === null) {
    await normalizePhotos(run); // where only an earlier run has done so, and it came to nothing
    await getPlace(run); // its turn to pay, again
    await uploadPhotos(run); // an outage may have eaten the window of the last upload
    if (goodPhotos(run).length > 0) reserve(run, goodPhotos(run).length);
    const result = progress.isSentBefore ? ON_RECORD : await attempt(run);
    progress.isSentBefore = false;
    switch (result.outcome) {
      case 'accepted':
        settle(run, result.trainingId);
        progress.acceptedAtMs = Date.now();
        await endTurn(run);
        break;
      case 'too-late':
        release(run);
        progress.attempt = result.nextAttempt ?? progress.attempt;
        // Not for the upload: then the deadline or a cancel is at hand, and ends this.
        if (isUsable(run)) return CancellationScope.current().cancelRequested;
        progress.upload = null;
        break;
      case 'refused':
        release(run);
        progress.attempt = result.nextAttempt ?? progress.attempt;
        if (result.again === 'never') throw stopped(run, result.code, refusedSentence(run, result));
        if (result.again.because === 'full' && hasAsked(run)) {
          await losePlace(run, result.again.afterMs);
          break;
        }
        await endTurn(run);
        enterState(run, 'queued', `not started there (${result.words}); trying again`);
        await pause(run, againAfterMs(run, result.again.afterMs), 'before the next attempt to submit');
        await handOverIfSuggested(run);
        break;
      case 'on-record':
        await reconcile(run, 'it was submitted before, in a run whose history is gone');
        await endTurn(run);
        forgetEarlier(run);
        break;
      case 'unknown':
        await tellSent(run);
        await reconcile(run, result.words);
        await endTurn(run);
        await pauseBetweenAttempts(run);
        break;
      default:
        assertNever(result);
    }
  }
}

/** Where what an earlier run has sent came to nothing, this one asks for a place of its own. */
function forgetEarlier({ progress }: TrainingRun): void {
  progress.booked = null;
  if (progress.trainingId === null && progress.photos.length === 0) progress.place = NO_PLACE;
}

/** At once where one attempt came to nothing; what makes every attempt come to nothing must not do so every second. */
async function pauseBetweenAttempts(run: TrainingRun): Promise<void> {
  if (run.progress.trainingId !== null || run.progress.submissions < 2) return;
  enterState(run, 'queued', 'not started there; trying again');
  await pause(run, againAfterMs(run, 0), 'before the next attempt to submit');
  await handOverIfSuggested(run);
}

const ON_RECORD = { outcome: 'on-record' } as const;

/**
 * A cancel or the deadline waits for a call that has begun, these seconds, because one cut off has an unknown outcome.
 * In a scope that is canceled already nothing is scheduled, so that nothing is bought after the cancel.
 */
async function attempt(run: TrainingRun): Promise<SubmitResult> {
  const { progress } = run;
  const { request, storeId } = planOf(run);
  const { upload } = progress;
  enterState(run, 'submitting');
  if (upload === null) return { outcome: 'too-late' };
  progress.submissions += 1;
  const options = {
    activityId: `submit-${progress.submissions}`,
    summary: `${progress.credits.reserved} credits`,
  };
  const order: SubmitOrder = {
    request,
    uploadId: upload.uploadId,
    notAfterMs: Math.min(upload.notAfterMs ?? Infinity, progress.deadlineAtMs ?? Infinity),
    attempt: progress.attempt,
    storeId: storeId ?? null,
    photoSet: progress.photoSet,
    expectedCredits: progress.credits.reserved,
  };
  // A worker of an older release would leave no record, so it must not know the name of the one that does.
  const submit = storeId === undefined ? activities.submitTraining : activities.submitOnRecord;
  try {
    return await submit.executeWithOptions(options, [order]);
  } catch (error) {
    if (isCancellation(error)) release(run);
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return lostAttempt(error);
  }
}

/** What the activity throws before it has sent anything. */
const NOT_SENT = ['ProviderNotConfigured', 'StoreUnavailable', 'OtherStore'] as const;
const AGAIN_AFTER_MS = 5000;
const FIRST_AGAIN_MS = 15_000;
/** A queue at the provider moves within minutes. */
const MAX_AGAIN_MS = 300_000;

/** The activity did not come back with an answer: unless it said itself that it sent nothing, it may have. */
function lostAttempt({ cause }: ActivityFailure): SubmitResult {
  if (cause instanceof ApplicationFailure) {
    const code = NOT_SENT.find((one) => one === cause.type);
    const again = cause.nonRetryable === true ? 'never' : { afterMs: AGAIN_AFTER_MS };
    if (code !== undefined) return { outcome: 'refused', code, words: cause.message, again };
  }
  return {
    outcome: 'unknown',
    words: `the worker was lost while it submitted (${cause?.message ?? 'no cause'})`,
  };
}

/** A provider that says "again in 1 s" for hours must not be asked every second for hours. */
function againAfterMs(run: TrainingRun, askedMs: number): number {
  const { firstPollMs, maxPollMs } = planOf(run).pacing;
  const firstMs = Math.min(firstPollMs, FIRST_AGAIN_MS);
  return Math.max(
    askedMs,
    Math.min(firstMs * 2 ** Math.min(run.progress.submissions - 1, 20), maxPollMs, MAX_AGAIN_MS),
  );
}

function refusedSentence(run: TrainingRun, { code, words }: { code: string; words: string }): string {
  const isTheirs = code === 'ProviderRefused' || code === 'ProviderKeyRejected';
  return isTheirs
    ? `${planOf(run).facts.title} refused the training, nothing was charged for it: ${words}`
    : `${words}; nothing was sent`;
}
