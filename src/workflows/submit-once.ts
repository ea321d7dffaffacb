import { ActivityFailure, ApplicationFailure, CancellationScope } from '@temporalio/workflow';
import type { SubmitResult } from '../activities/submit-training';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { enterState } from './enter-state';
import { pause } from './pause';
import { stopped } from './to-its-end';
import { goodPhotos, planOf, type TrainingRun } from './training-run';
import { uploadPhotos } from './upload-photos';

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
      case 'upload-expired':
        release(run);
        progress.upload = null;
        break;
      case 'refused':
        release(run);
        if (result.again === 'never') throw stopped(run, result.code, refusedSentence(run, result.words));
        enterState(run, 'queued', `not started there (${result.words}); trying again`);
        await pause(run, result.again.afterMs, 'before the next attempt to submit');
        break;
      case 'unknown':
        return waitForDecision(run, result.words);
      default:
        assertNever(result);
    }
  }
}

/** Not cancellable: a cancel or the deadline waits these seconds, because a call cut off has an unknown outcome. */
async function attempt(run: TrainingRun): Promise<SubmitResult> {
  const { request } = planOf(run);
  const { upload } = run.progress;
  if (upload === null) return { outcome: 'upload-expired' };
  run.progress.submissions += 1;
  const options = {
    activityId: `submit-${run.progress.submissions}`,
    summary: `${run.progress.credits.reserved} credits`,
  };
  try {
    return await CancellationScope.nonCancellable(() =>
      activities.submitTraining.executeWithOptions(options, [{ request, ...upload }]),
    );
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
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
