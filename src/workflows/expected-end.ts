import type { PastDurations } from '../contract/past-durations';
import { likelyEndMs } from './past-trainings';
import { remainingMsBy, type PercentTrack } from './percent-track';
import type { TrainingRun } from './training-run';

export interface Waited {
  nowMs: number;
  sinceMs: number;
  /** Null where the provider has told none. */
  percent: PercentTrack | null;
  /** Null where too few trainings of the account are known. */
  past: PastDurations | null;
}

/** Of those that have lasted this long, half have ended by then. */
const MEDIAN = 0.5;

/**
 * When a training will probably have ended, in Unix milliseconds: by the speed of its percentage, else by how long past
 * ones took; null where neither tells, or both are over. Pure.
 */
export function expectedEndMs({ nowMs, sinceMs, percent, past }: Waited): number | null {
  const leftMs = percent && remainingMsBy(percent, nowMs);
  if (leftMs !== null && leftMs > 0 && leftMs < FARTHEST_MS) return Math.round(nowMs + leftMs);
  if (past === null) return null;
  const likelyMs = likelyEndMs(past, nowMs - sinceMs, MEDIAN);
  return likelyMs === Infinity ? null : Math.round(sinceMs + likelyMs);
}

/** No training may take longer. A percentage that has hardly moved says an end that no calendar has. */
const FARTHEST_MS = 14 * 24 * 3_600_000;

/** Null where it is not waited for at the provider. */
export function expectedEndOf({ progress }: TrainingRun, nowMs: number): number | null {
  const { state, trainingSinceMs, percentTrack, plan } = progress;
  if (state !== 'training' || trainingSinceMs === null) return null;
  return expectedEndMs({
    nowMs,
    sinceMs: trainingSinceMs,
    percent: percentTrack,
    past: plan?.past ?? null,
  });
}
