import { condition } from '@temporalio/workflow';
import { announce } from './enter-state';
import { pollDelayMs } from './poll-schedule';
import { planOf, type TrainingRun } from './training-run';

/** Waits until a nudge, a cancellation, the deadline, or the delay, whichever is first. */
export async function pause(run: TrainingRun, delayMs: number, summary: string): Promise<void> {
  const { progress } = run;
  progress.nextPollAtMs = Date.now() + delayMs;
  announce(run);
  await condition(() => progress.isNudged, delayMs, { summary });
  progress.isNudged = false;
  progress.nextPollAtMs = null;
}

/** Waits for the next look at a task of the provider that began at `sinceMs`. */
export async function pauseUntilNextLook(
  run: TrainingRun,
  sinceMs: number,
  retryAfterMs: number | null,
): Promise<void> {
  const { progress } = run;
  const nowMs = Date.now();
  const delayMs = pollDelayMs({
    elapsedMs: nowMs - sinceMs,
    percent: progress.percent,
    failuresInARow: progress.failedPollsInARow,
    retryAfterMs,
    remainingMs: (progress.deadlineAtMs ?? Infinity) - nowMs,
    pacing: planOf(run).pacing,
  });
  await pause(run, delayMs, 'next look, or a nudge');
}
