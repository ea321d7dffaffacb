import { setHandler, workflowInfo } from '@temporalio/workflow';
import type { TrainingPlan } from '../activities/plan-training';
import type { PhotoVerdict } from '../contract/photo';
import type { TrainRequest } from '../contract/request';
import type { Charge, Credits, TrainResult } from '../contract/result';
import type { TrainingState } from '../contract/state';
import { nudgeSignal, statusQuery } from './messages';
import { statusOf } from './status';

/**
 * How far one training is. Plain JSON: it is handed over whole at continue-as-new, so a field added here must cope
 * with being absent in what an older release handed over. Instants are Unix milliseconds of workflow time.
 */
export interface TrainingProgress {
  state: TrainingState;
  /** What a person should know beyond the state; empty where the state says it all. */
  note: string;
  plan: TrainingPlan | null;
  deadlineAtMs: number | null;
  photos: PhotoVerdict[];
  upload: { uploadId: string; notAfterMs: number | null } | null;
  uploads: number;
  submissions: number;
  trainingId: string | null;
  triggerWord: string | null;
  trainingSinceMs: number | null;
  credits: Credits;
  charge: Charge;
  percent: number | null;
  providerWord: string | null;
  polls: number;
  failedPollsInARow: number;
  lastAnswerAtMs: number | null;
  nextPollAtMs: number | null;
  isNudged: boolean;
  isPastDeadline: boolean;
  failure: TrainResult['failure'];
}

/** One execution of the workflow: who it is about, and its progress, which the steps change in place. */
export interface TrainingRun {
  readonly id: string;
  /** As asked for, unchecked until the plan is there: only for showing. */
  readonly asked: { provider: string; subject: string; photoCount: number };
  readonly progress: TrainingProgress;
}

export function beginRun(request: TrainRequest, carried: TrainingProgress | undefined): TrainingRun {
  const { workflowId, continuedFromExecutionRunId } = workflowInfo();
  // Only an earlier run of ours may say how far the training is; a caller that sends two arguments may not.
  const isContinued = continuedFromExecutionRunId !== undefined && continuedFromExecutionRunId !== '';
  const run: TrainingRun = {
    id: workflowId,
    asked: askedFor(request),
    progress: isContinued && carried !== undefined ? carried : freshProgress(),
  };
  setHandler(statusQuery, () => statusOf(run), {
    description: 'State, photos, percent, credits, next poll.',
  });
  setHandler(nudgeSignal, () => void (run.progress.isNudged = true), {
    description: 'Look at the provider now instead of at the next poll.',
  });
  return run;
}

/** The plan of a run that has one. Steps after the first may rely on it. */
export function planOf(run: TrainingRun): TrainingPlan {
  if (run.progress.plan === null) throw new TypeError('a step ran before the plan');
  return run.progress.plan;
}

export function goodPhotos(run: TrainingRun): string[] {
  return run.progress.photos.flatMap(({ output, reasons }) =>
    output === null || reasons.includes('over-max-photos') ? [] : [output],
  );
}

/** Whatever another service sent must not break the handlers, so each field is looked at before it is used. */
function askedFor(request: unknown): TrainingRun['asked'] {
  const { provider, subject, photos } = (request ?? {}) as Record<string, unknown>;
  return {
    provider: typeof provider === 'string' ? provider : '',
    subject: typeof subject === 'string' ? subject : '',
    photoCount: Array.isArray(photos) ? photos.length : 0,
  };
}

function freshProgress(): TrainingProgress {
  return {
    state: 'normalizing',
    note: '',
    plan: null,
    deadlineAtMs: null,
    photos: [],
    upload: null,
    uploads: 0,
    submissions: 0,
    trainingId: null,
    triggerWord: null,
    trainingSinceMs: null,
    credits: { reserved: 0, spent: 0 },
    charge: 'none',
    percent: null,
    providerWord: null,
    polls: 0,
    failedPollsInARow: 0,
    lastAnswerAtMs: null,
    nextPollAtMs: null,
    isNudged: false,
    isPastDeadline: false,
    failure: null,
  };
}
