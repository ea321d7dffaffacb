import { CancellationScope, sleep } from '@temporalio/workflow';
import { describeDuration } from '../duration';
import { planOf, type TrainingRun } from './training-run';

/**
 * Runs the steps under one durable timer that cancels whatever step is on when it fires, a wait or an activity.
 * `isPastDeadline` tells this cancellation from one that a person asked for.
 */
export async function withinDeadline(run: TrainingRun, steps: () => Promise<void>): Promise<void> {
  const { deadlineMs } = planOf(run);
  const remainingMs = Math.max((run.progress.deadlineAtMs ?? 0) - Date.now(), 1);
  const scope = new CancellationScope();
  sleep(remainingMs, { summary: `deadline of ${describeDuration(deadlineMs)}` }).then(
    () => {
      run.progress.isPastDeadline = true;
      scope.cancel();
    },
    () => undefined, // the run itself was canceled, which cancels the steps as well
  );
  await scope.run(steps);
}
