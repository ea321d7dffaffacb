import { workflowInfo } from '@temporalio/workflow';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { enterState } from './enter-state';
import { pause } from './pause';
import { NOTHING_KNOWN, pollDelayMs } from './poll-schedule';
import { stopped } from './to-its-end';
import { goodPhotos, planOf, type TrainingRun } from './training-run';

/** Uploads that expire one after the other point to a clock or a provider that is broken; each costs credits. */
const MAX_UPLOADS = 5;
/** Preparing a few MB should take seconds; waiting as for a training would let a short window run out. */
const FIRST_LOOK_MS = 2000;
/** Clocks differ, and the submission itself takes a moment. */
const EXPIRY_MARGIN_MS = 60_000;

/** Hands the photo set over and waits until the provider has prepared it. Nothing to do where that is done already. */
export async function uploadPhotos(run: TrainingRun): Promise<void> {
  const { progress } = run;
  if (progress.trainingId !== null || progress.isSentBefore || isUsable(run)) return;
  const { request, facts, storeId } = planOf(run);
  if (progress.uploads >= MAX_UPLOADS) {
    throw stopped(
      run,
      'UploadKeptExpiring',
      `${MAX_UPLOADS} uploads to ${facts.title} expired before the training could be submitted; compare the worker's clock with the provider's`,
    );
  }
  enterState(run, 'uploading', progress.uploads === 0 ? '' : 'again, because the earlier upload expired');
  const outputs = goodPhotos(run);
  const attempt = progress.uploads + 1;
  const result = await activities.uploadPhotos.executeWithOptions(
    { activityId: `upload-${attempt}`, summary: `${outputs.length} photos` },
    [{ request, outputs, storeId: storeId ?? null }],
  );
  if ('sentAttempt' in result) {
    progress.attempt = result.sentAttempt;
    progress.isSentBefore = true;
    return;
  }
  progress.uploads = attempt;
  progress.credits = { ...progress.credits, spent: progress.credits.spent + facts.uploadCredits };
  if (facts.uploadCredits > 0)
    progress.payments.push({ key: uploadPayment(attempt), what: 'upload', credits: facts.uploadCredits });
  progress.photoSet = result.photoSet ?? null;
  progress.attempt = result.nextAttempt ?? progress.attempt;
  const notAfterMs =
    result.ready === undefined ? await untilReady(run, result.uploadId) : notAfter(result.ready.expiresAtMs);
  progress.upload = { uploadId: result.uploadId, notAfterMs };
}

/** Of this execution: one that starts over under the same id uploads and pays again. */
function uploadPayment(attempt: number): string {
  return `upload-${workflowInfo().firstExecutionRunId.slice(0, 8)}-${attempt}`;
}

function notAfter(expiresAtMs: number | null): number | null {
  return expiresAtMs === null ? null : expiresAtMs - expiryMarginMs(expiresAtMs - Date.now());
}

/** @returns the last instant at which a submission of this upload should be sent; null where it does not expire */
async function untilReady(run: TrainingRun, uploadId: string): Promise<number | null> {
  const { request, facts, pacing } = planOf(run);
  const sinceMs = Date.now();
  const sooner = { ...pacing, firstPollMs: Math.min(pacing.firstPollMs, FIRST_LOOK_MS) };
  for (;;) {
    const nowMs = Date.now();
    const remainingMs = (run.progress.deadlineAtMs ?? Infinity) - nowMs;
    const delayMs = pollDelayMs({ ...NOTHING_KNOWN, nowMs, sinceMs, remainingMs, pacing: sooner });
    await pause(run, delayMs, 'next look, or a nudge');
    const upload = await activities.checkUpload.executeWithOptions({ summary: 'is the upload ready?' }, [
      request.provider,
      uploadId,
    ]);
    switch (upload.verdict) {
      case 'running':
        continue;
      case 'ready':
        return notAfter(upload.expiresAtMs);
      case 'gone':
        return Date.now() - 1; // as good as expired: it is uploaded again before it is submitted
      case 'failed':
        throw stopped(run, 'UploadFailed', `${facts.title} could not prepare the photos: ${upload.words}`);
      default:
        assertNever(upload);
    }
  }
}

/** A short window keeps most of itself, or it could never be used. */
function expiryMarginMs(windowMs: number): number {
  return Math.min(EXPIRY_MARGIN_MS, Math.max(windowMs, 0) / 5);
}

export function isUsable({ progress }: TrainingRun): boolean {
  if (progress.upload === null) return false;
  return progress.upload.notAfterMs === null || Date.now() < progress.upload.notAfterMs;
}
