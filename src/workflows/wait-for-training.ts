import { ActivityFailure, condition, isCancellation, patched } from '@temporalio/workflow';
import type { PollOf, PollResult } from '../activities/check-training';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { enterState, listProgress } from './enter-state';
import { handOverIfSuggested } from './hand-over';
import { noteProgress } from './note-progress';
import { pauseSpread, type WokenBy } from './pause';
import { pollDelayMs } from './poll-schedule';
import { tellBatch } from './tell-batch';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** Waits until a poll says that the training is done. Only a poll does: a nudge merely makes it come sooner. */
export async function waitForTraining(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { facts } = planOf(run);
  const isPaidNow = progress.state !== 'training';
  enterState(run, 'training');
  if (isPaidNow) await tellBatch(run);
  for (;;) {
    const wokenBy = await untilNextLook(run);
    const poll = await look(run, { wokenBy, isSecondLook: progress.hasFailedOnce });
    progress.retryAfterMs = poll.verdict === 'no-answer' ? poll.retryAfterMs : null;
    switch (poll.verdict) {
      case 'running':
        progress.hasFailedOnce = false;
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
        if (!progress.hasFailedOnce && patched('confirm-failed')) {
          progress.hasFailedOnce = true;
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

/** Until the schedule says so, or a nudge. */
async function untilNextLook(run: TrainingRun): Promise<WokenBy> {
  const { progress } = run;
  const { pacing, past = null } = planOf(run);
  const nowMs = Date.now();
  const delayMs = pollDelayMs({
    retryAfterMs: progress.retryAfterMs,
    isConfirming: progress.hasFailedOnce,
    nowMs,
    sinceMs: progress.trainingSinceMs ?? nowMs,
    ownPolls: progress.ownPolls,
    percent: progress.percentTrack,
    past,
    failuresInARow: progress.failedPollsInARow,
    remainingMs: (progress.deadlineAtMs ?? Infinity) - nowMs,
    pacing,
  });
  const wokenBy = await pauseSpread(run, delayMs, 'next look, or a nudge');
  // A webhook and the watcher both tell of the same "failed": the second one must not make the look that confirms it hasty.
  const restMs = nowMs + delayMs - Date.now();
  if (wokenBy === 'nudge' && progress.hasFailedOnce && restMs > 0 && patched('confirm-unhurried')) {
    await condition(() => false, restMs, { summary: 'to confirm the failure' });
    progress.isNudged = false; // the look that follows answers to these nudges too
  }
  return wokenBy;
}

async function look(run: TrainingRun, how: { wokenBy: WokenBy; isSecondLook: boolean }): Promise<PollResult> {
  const { progress } = run;
  progress.polls += 1;
  if (how.wokenBy === 'timer') progress.ownPolls += 1;
  const poll = await ask(run, how);
  if (poll.verdict === 'no-answer' || poll.verdict === 'gone') {
    progress.failedPollsInARow += 1;
    progress.note = poll.words;
    listProgress(run);
    return poll;
  }
  progress.failedPollsInARow = 0;
  progress.note = '';
  progress.lastAnswerAtMs = Date.now();
  if (poll.verdict !== 'running') return poll;
  noteProgress(run, poll);
  listProgress(run);
  return poll;
}

/** A poll that fails as an activity is still only a poll without an answer: the training is paid and may be running. */
async function ask(
  run: TrainingRun,
  { wokenBy, isSecondLook }: { wokenBy: WokenBy; isSecondLook: boolean },
): Promise<PollResult> {
  const { request, storeId } = planOf(run);
  const { trainingId, polls, attempt, acceptedAtMs, lastAnswerAtMs } = run.progress;
  const about: PollOf = {
    attempt,
    isFailureFinal: isSecondLook,
    acceptedAtMs,
    // A nudge comes when it has just ended; a look of our own only knows that it ended since the last one.
    runningAtMs: wokenBy === 'nudge' ? null : (lastAnswerAtMs ?? acceptedAtMs),
  };
  try {
    return await activities.checkTraining.executeWithOptions({ summary: `look ${polls}` }, [
      request.provider,
      trainingId ?? '',
      storeId === undefined ? undefined : about,
    ]);
  } catch (error) {
    if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
    return { verdict: 'no-answer', words: error.cause?.message ?? error.message, retryAfterMs: null };
  }
}
