import { trackPercent } from './percent-track';
import type { TrainingRun } from './training-run';

/** Keeps what the provider says of a running training. */
export function noteProgress(
  { progress }: TrainingRun,
  seen: { percent: number | null; word: string },
): void {
  const nowMs = Date.now();
  progress.percent = seen.percent;
  progress.percentTrack = trackPercent(progress.percentTrack, seen.percent, {
    nowMs,
    sinceMs: progress.trainingSinceMs ?? nowMs,
  });
  progress.providerWord = seen.word;
  progress.lastAnswerAtMs = nowMs;
}
