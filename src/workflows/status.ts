import type { Credits, TrainResult } from '../contract/result';
import { isEndState, type EndState } from '../contract/state';
import type { TrainStatus } from '../contract/status';
import { mayHaveSpent } from './credits';
import { expectedEndOf } from './expected-end';
import { statusLine } from './status-line';
import type { TrainingProgress, TrainingRun } from './training-run';

/** The answer of the `status` query. */
export function statusOf(run: TrainingRun): TrainStatus {
  const { progress } = run;
  return {
    ...commonOf(run),
    state: progress.state,
    line: statusLine(run),
    photoCount: run.asked.photoCount,
    photosDone: null,
    uploads: progress.uploads,
    submissions: progress.submissions,
    lookUps: progress.lookUps,
    percent: progress.percent,
    providerWord: progress.providerWord,
    polls: progress.polls,
    failedPollsInARow: progress.failedPollsInARow,
    lastAnswerAt: instant(progress.lastAnswerAtMs),
    nextPollAt: instant(progress.nextPollAtMs),
    deadlineAt: instant(progress.deadlineAtMs),
    expectedEndAt: instant(expectedEndOf(run, Date.now())),
  };
}

export function resultOf(run: TrainingRun, state: EndState): TrainResult {
  return { ...commonOf(run), state };
}

function commonOf({ id, asked, progress }: TrainingRun): Omit<TrainResult, 'state'> {
  return {
    id,
    provider: asked.provider,
    subject: asked.subject,
    trainingId: progress.trainingId,
    triggerWord: progress.triggerWord,
    results: progress.results,
    credits: isEndState(progress.state) ? endCredits(progress) : progress.credits,
    charge: progress.charge,
    photos: progress.photos,
    photoSummary: progress.photoSummary,
    failure: progress.failure,
  };
}

/** Set aside for good is what may have been charged as well, of earlier attempts too. */
function endCredits(progress: TrainingProgress): Credits {
  return { spent: progress.credits.spent, reserved: mayHaveSpent(progress) };
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
