import { ActivityFailure, isCancellation, patched } from '@temporalio/workflow';
import type { PollResult } from '../activities/check-training';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { enterState } from './enter-state';
import { handOverIfSuggested } from './hand-over';
import { pauseUntilNextLook } from './pause';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** Waits until a poll says that the training is done. Only a poll does: a nudge merely makes it come sooner. */
export async function waitForTraining(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { facts, pacing } = planOf(run);
  const sinceMs = progress.trainingSinceMs ?? Date.now();
  enterState(run, 'training');
  let retryAfterMs: number | null = null;
  let hasFailedOnce = false;
  for (;;) {
    await pauseUntilNextLook(run, { sinceMs, pacing, retryAfterMs });
    const poll = await look(run, hasFailedOnce);
    retryAfterMs = poll.verdict === 'no-answer' ? poll.retryAfterMs : null;
    switch (poll.verdict) {
      case 'running':
        hasFailedOnce = false;
        break;
      case 'gone':
      case 'no-answer':
        break;
      case 'succeeded':
        progress.triggerWord = poll.triggerWord;
        progress.percent = 100;
        return;
      case 'failed':
        // APIFRAME knows "retrying", and does not say whether it may follow "failed": one look more, before all is lost.
        if (!hasFailedOnce && patched('confirm-failed')) {
          hasFailedOnce = true;
          progress.note = `it says that it failed (${poll.words}); one more look, to be sure`;
          break;
        }
        throw stopped(
          run,
          'TrainingFailed',
          `${facts.title} failed the training ${progress.trainingId ?? '?'}: ${poll.words}`,
        );
      default:
        assertNever(poll);
    }
    await handOverIfSuggested(run);
  }
}

async function look(run: TrainingRun, isSecondLook: boolean): Promise<PollResult> {
  const { progress } = run;
  progress.polls += 1;
  const poll = await ask(run, isSecondLook);
  if (poll.verdict === 'no-answer' || poll.verdict === 'gone') {
    progress.failedPollsInARow += 1;
    progress.note = poll.words;
    return poll;
  }
  progress.failedPollsInARow = 0;
  progress.note = '';
  progress.lastAnswerAtMs = Date.now();
  if (poll.verdict === 'running') {
    progress.percent = poll.percent;
    progress.providerWord = poll.word;
  }
  return poll;
}

/** A poll that fails as an activity is still only a poll without an answer: the training is paid and may be running. */
async function ask(run: TrainingRun, isSecondLook: boolean): Promise<PollResult> {
  const { request, storeId } = planOf(run);
  const { trainingId, polls, attempt } = run.progress;
  try {
    return await activities.checkTraining.executeWithOptions({ summary: `look ${polls}` }, [
      request.provider,
      trainingId ?? '',
      storeId === undefined ? undefined : { attempt, isFailureFinal: isSecondLook },
    ]);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { verdict: 'no-answer', words: error.cause?.message ?? error.message, retryAfterMs: null };
  }
}
