import { CancellationScope, condition, sleep } from '@temporalio/workflow';
import { describeDuration } from '../duration';
import { isClockStopped } from './take-place';
import { planOf, type TrainingRun } from './training-run';

/**
 * Runs the steps under one durable timer that cancels whatever step is on when it fires, a wait or an activity.
 * `isPastDeadline` tells this cancellation from one that a person asked for.
 */
export async function withinDeadline(run: TrainingRun, steps: () => Promise<void>): Promise<void> {
  const scope = new CancellationScope();
  untilDeadline(run).then(
    () => {
      run.progress.isPastDeadline = true;
      scope.cancel();
    },
    () => undefined, // the run itself was canceled, which cancels the steps as well
  );
  await scope.run(steps);
}

function hasMoved(run: TrainingRun): boolean {
  if (run.progress.place.is === 'not-asked') return false;
  return Date.now() < (run.progress.deadlineAtMs ?? 0);
}

/** It moves while the training waits for a slot on its account, so the clock is looked at again. */
async function untilDeadline(run: TrainingRun): Promise<void> {
  const { deadlineMs } = planOf(run);
  const summary = `deadline of ${describeDuration(deadlineMs)}`;
  do {
    const remainingMs = (run.progress.deadlineAtMs ?? 0) - Date.now();
    await sleep(Math.max(remainingMs, 1), { summary });
    await condition(() => !isClockStopped(run));
  } while (hasMoved(run));
}
