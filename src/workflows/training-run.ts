import { setHandler, workflowInfo } from '@temporalio/workflow';
import type { Booked } from '../activities/find-on-record';
import type { TrainingPlan } from '../activities/plan-training';
import { BATCH_MEMO } from '../contract/batch';
import type { Payment } from '../contract/account';
import type { Decision } from '../contract/decision';
import type { Evidence } from '../contract/evidence';
import type { PhotoVerdict } from '../contract/photo';
import type { TrainRequest } from '../contract/request';
import type { Charge, Credits, PhotoSummary, TrainResult } from '../contract/result';
import type { TrainingState } from '../contract/state';
import { NOT_LISTED, type Listed } from './listed';
import { nudgeSignal, statusQuery } from './messages';
import { takeDecisions } from './decide';
import { announce } from './enter-state';
import { statusOf } from './status';
import type { PercentTrack } from './percent-track';
import { takeEvidence } from './take-evidence';
import { NO_PLACE, takePlace, type Place } from './take-place';
import { takeProgress } from './take-progress';

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
  /** What is said of them as a set; null where an older release looked at them. */
  photoSummary: PhotoSummary | null;
  upload: { uploadId: string; notAfterMs: number | null } | null;
  uploads: number;
  /** What identifies the photo set; null until it was uploaded. */
  photoSet: string | null;
  submissions: number;
  /** The attempt that is under way or comes next: the number of its record. */
  attempt: number;
  /** The record says that this attempt was sent, in a run whose history is gone. */
  isSentBefore: boolean;
  /** How the ledger of the account has that attempt: what is booked is not told again. */
  booked: Booked;
  /** A person has chosen to submit again although an attempt may have started. */
  isRetriedUnknown: boolean;
  lookUps: number;
  isLookingUp: boolean;
  evidence: Evidence[];
  isDeciding: boolean;
  decision: Decision | null;
  trainingId: string | null;
  triggerWord: string | null;
  /** Storage keys of the images that it has made. */
  results: string[];
  trainingSinceMs: number | null;
  /** When the provider took it; null where it was adopted, so that nobody knows how long it takes. */
  acceptedAtMs: number | null;
  credits: Credits;
  /** What the account has said of it. */
  place: Place;
  /** What it has paid, as its account is told. */
  payments: Payment[];
  charge: Charge;
  percent: number | null;
  percentTrack: PercentTrack | null;
  providerWord: string | null;
  /** What the lists of Temporal show of it. */
  listed: Listed;
  polls: number;
  /** Those of them that no nudge caused. */
  ownPolls: number;
  failedPollsInARow: number;
  /** The provider has said "failed", and one more look is to confirm it. */
  hasFailedOnce: boolean;
  /** What it asked for at the last look. */
  retryAfterMs: number | null;
  lastAnswerAtMs: number | null;
  nextPollAtMs: number | null;
  isNudged: boolean;
  isPastDeadline: boolean;
  failure: TrainResult['failure'];
  /** How often the caller was told. */
  callbacks: number;
  /** Which batch is told of it, and under which place. */
  batch: { id: string; row: number } | null;
}

/** One execution of the workflow: who it is about, and its progress, which the steps change in place. */
export interface TrainingRun {
  readonly id: string;
  /** As asked for, unchecked until the plan is there: only for showing. */
  readonly asked: { provider: string; subject: string; photoCount: number; callbackUrl: string | null };
  readonly progress: TrainingProgress;
}

export function beginRun(request: TrainRequest, carried: Partial<TrainingProgress> | undefined): TrainingRun {
  const { workflowId, continuedFromExecutionRunId } = workflowInfo();
  // Only an earlier run of ours may say how far the training is; a caller that sends two arguments may not.
  const isContinued = continuedFromExecutionRunId !== undefined && continuedFromExecutionRunId !== '';
  const run: TrainingRun = {
    id: workflowId,
    asked: askedFor(request),
    progress: { ...freshProgress(), ...(isContinued ? carried : { batch: batchOf() }) },
  };
  setHandler(statusQuery, () => statusOf(run), {
    description: 'State, photos, percent, credits, next poll.',
  });
  setHandler(nudgeSignal, () => void (run.progress.isNudged = true), {
    description: 'Look at the provider now instead of at the next poll.',
  });
  takeEvidence(run);
  takeProgress(run);
  takePlace(run);
  takeDecisions(run);
  announce(run);
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
  const { provider, subject, photos, callback } = (request ?? {}) as Record<string, unknown>;
  const { url } = (callback ?? {}) as Record<string, unknown>;
  return {
    provider: typeof provider === 'string' ? provider : '',
    subject: typeof subject === 'string' ? subject : '',
    photoCount: Array.isArray(photos) ? photos.length : 0,
    callbackUrl: typeof url === 'string' ? url : null,
  };
}

/** As the batch that is its parent has written it into the memo. */
function batchOf(): TrainingProgress['batch'] {
  const { parent, memo } = workflowInfo();
  const row = memo?.[BATCH_MEMO];
  return parent !== undefined && typeof row === 'number' ? { id: parent.workflowId, row } : null;
}

export function freshProgress(): TrainingProgress {
  return {
    state: 'normalizing',
    note: '',
    plan: null,
    deadlineAtMs: null,
    photos: [],
    photoSummary: null,
    upload: null,
    uploads: 0,
    photoSet: null,
    submissions: 0,
    attempt: 1,
    isSentBefore: false,
    booked: null,
    isRetriedUnknown: false,
    lookUps: 0,
    isLookingUp: false,
    evidence: [],
    isDeciding: false,
    decision: null,
    trainingId: null,
    triggerWord: null,
    results: [],
    trainingSinceMs: null,
    acceptedAtMs: null,
    credits: { reserved: 0, spent: 0 },
    place: NO_PLACE,
    payments: [],
    charge: 'none',
    percent: null,
    percentTrack: null,
    providerWord: null,
    listed: NOT_LISTED,
    polls: 0,
    ownPolls: 0,
    failedPollsInARow: 0,
    hasFailedOnce: false,
    retryAfterMs: null,
    lastAnswerAtMs: null,
    nextPollAtMs: null,
    isNudged: false,
    isPastDeadline: false,
    failure: null,
    callbacks: 0,
    batch: null,
  };
}
