import { condition, patched } from '@temporalio/workflow';
import { announce } from './enter-state';
import { spreadMs } from './spread-after-absence';
import type { TrainingRun } from './training-run';

export type WokenBy = 'nudge' | 'timer';

/** Waits until a nudge, a cancellation, the deadline, or the delay, whichever is first. */
export async function pause(run: TrainingRun, delayMs: number, summary: string): Promise<WokenBy> {
  const { progress } = run;
  progress.nextPollAtMs = Date.now() + delayMs;
  announce(run);
  const isNudged = await condition(() => progress.isNudged, delayMs, { summary });
  progress.isNudged = false;
  progress.nextPollAtMs = null;
  return isNudged ? 'nudge' : 'timer';
}

/** As `pause`, for looks that need not all come at once when every worker was away and the timers of thousands are over. */
export async function pauseSpread(run: TrainingRun, delayMs: number, summary: string): Promise<WokenBy> {
  const dueAtMs = Date.now() + delayMs;
  const wokenBy = await pause(run, delayMs, summary);
  const extraMs = wokenBy === 'nudge' ? 0 : spreadMs(run, Date.now() - dueAtMs);
  if (extraMs === 0 || !patched('spread-after-absence')) return wokenBy;
  return pause(run, extraMs, 'workers were away: not all at once');
}
