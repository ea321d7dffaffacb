import { condition } from '@temporalio/workflow';
import { announce } from './enter-state';
import { pollDelayMs } from './poll-schedule';
import type { TrainingRun } from './training-run';

/** Waits until a nudge, a cancellation, the deadline, or the delay, whichever is first. */
export async function pause(run: TrainingRun, delayMs: number, summary: string): Promise<void> {
  const { progress } = run;
  progress.nextPollAtMs = Date.now() + delayMs;
  announce(run);
  await condition(() => progress.isNudged, delayMs, { summary });
  progress.isNudged = false;
  progress.nextPollAtMs = null;
}

/** What is looked at: a task of the provider that began at `sinceMs`. */
export interface AwaitedTask {
  sinceMs: number;
  pacing: { firstPollMs: number; maxPollMs: number };
  /** What the provider asked for at the last look. */
  retryAfterMs: number | null;
}

/** Waits until it is time to look again, as the poll schedule says. */
export async function pauseUntilNextLook(run: TrainingRun, awaited: AwaitedTask): Promise<void> {
  const { progress } = run;
  const { sinceMs, ...rest } = awaited;
  const nowMs = Date.now();
  const delayMs = pollDelayMs({
    elapsedMs: nowMs - sinceMs,
    percent: progress.percent,
    failuresInARow: progress.failedPollsInARow,
    remainingMs: (progress.deadlineAtMs ?? Infinity) - nowMs,
    ...rest,
  });
  await pause(run, delayMs, 'next look, or a nudge');
}
