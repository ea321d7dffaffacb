import { ActivityFailure, ApplicationFailure, CancellationScope, isCancellation } from '@temporalio/workflow';
import type { SubmitResult } from '../activities/submit-training';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { enterState } from './enter-state';
import { handOverIfSuggested } from './hand-over';
import { pause } from './pause';
import { stopped } from './to-its-end';
import { goodPhotos, planOf, type TrainingRun } from './training-run';
import { isUsable, uploadPhotos } from './upload-photos';

/**
 * The one paid call. It is made again only where the provider certainly did not start; an unknown outcome is never
 * sent again, it waits for a person.
 */
export async function submitOnce(run: TrainingRun): Promise<void> {
  const { progress } = run;
  while (progress.trainingId === null) {
    await uploadPhotos(run); // an outage may have eaten the window of the last upload
    reserve(run);
    enterState(run, 'submitting');
    const result = await attempt(run);
    switch (result.outcome) {
      case 'accepted':
        settle(run, result.trainingId);
        break;
      case 'too-late':
        release(run);
        // Not for the upload: then the deadline is at hand, and its timer ends this.
        if (isUsable(run)) return CancellationScope.current().cancelRequested;
        progress.upload = null;
        break;
      case 'refused':
        release(run);
        if (result.again === 'never') throw stopped(run, result.code, refusedSentence(run, result.words));
        enterState(run, 'queued', `not started there (${result.words}); trying again`);
        await pause(run, againAfterMs(run, result.again.afterMs), 'before the next attempt to submit');
        await handOverIfSuggested(run);
        break;
      case 'unknown':
        return waitForDecision(run, result.words);
      default:
        assertNever(result);
    }
  }
}

/**
 * A cancel or the deadline waits for a call that has begun, these seconds, because one cut off has an unknown outcome.
 * In a scope that is canceled already nothing is scheduled, so that nothing is bought after the cancel.
 */
async function attempt(run: TrainingRun): Promise<SubmitResult> {
  const { progress } = run;
  const { request } = planOf(run);
  const { upload } = progress;
  if (upload === null) return { outcome: 'too-late' };
  progress.submissions += 1;
  const options = {
    activityId: `submit-${progress.submissions}`,
    summary: `${progress.credits.reserved} credits`,
  };
  const notAfterMs = Math.min(upload.notAfterMs ?? Infinity, progress.deadlineAtMs ?? Infinity);
  try {
    return await activities.submitTraining.executeWithOptions(options, [
      { request, uploadId: upload.uploadId, notAfterMs },
    ]);
  } catch (error) {
    if (isCancellation(error)) release(run);
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error;
    return lostAttempt(error);
  }
}

/** The activity did not come back with an answer: only a worker that never could send is proof that nothing was sent. */
function lostAttempt({ cause }: ActivityFailure): SubmitResult {
  if (cause instanceof ApplicationFailure && cause.type === 'ProviderNotConfigured') {
    return { outcome: 'refused', code: 'ProviderNotConfigured', words: cause.message, again: 'never' };
  }
  return {
    outcome: 'unknown',
    words: `the worker was lost while it submitted (${cause?.message ?? 'no cause'})`,
  };
}

/** Nothing but the deadline or a cancel ends this: whoever sends again without proof may pay twice. */
async function waitForDecision(run: TrainingRun, words: string): Promise<never> {
  const { facts } = planOf(run);
  const { credits, submissions } = run.progress;
  run.progress.charge = 'unknown';
  enterState(
    run,
    'needs-decision',
    `submission ${submissions} to ${facts.title} has an unknown outcome: ${words}; it may have cost ${credits.reserved} credits, and nothing is sent again; look for the training in the account at ${facts.title}, then end this run (darkroom cancel ${run.id})`,
  );
  return CancellationScope.current().cancelRequested;
}

/** A provider that says "again in 1 s" for hours must not be asked every second for hours. */
function againAfterMs(run: TrainingRun, askedMs: number): number {
  const { firstPollMs, maxPollMs } = planOf(run).pacing;
  return Math.max(
    askedMs,
    Math.min(firstPollMs * 2 ** Math.min(run.progress.submissions - 1, 20), maxPollMs),
  );
}

function reserve(run: TrainingRun): void {
  const reserved = goodPhotos(run).length * planOf(run).facts.trainingCreditsPerPhoto;
  run.progress.credits = { ...run.progress.credits, reserved };
}

function release(run: TrainingRun): void {
  run.progress.credits = { ...run.progress.credits, reserved: 0 };
}

function settle(run: TrainingRun, trainingId: string): void {
  const { reserved, spent } = run.progress.credits;
  run.progress.credits = { reserved: 0, spent: spent + reserved };
  run.progress.charge = 'charged';
  run.progress.trainingId = trainingId;
  run.progress.trainingSinceMs = Date.now();
}

function refusedSentence(run: TrainingRun, words: string): string {
  return `${planOf(run).facts.title} refused the training, nothing was charged for it: ${words}`;
}
