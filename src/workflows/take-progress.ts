import { setHandler } from '@temporalio/workflow';
import { announce, listProgress } from './enter-state';
import { progressSignal } from './messages';
import { noteProgress } from './note-progress';
import type { TrainingRun } from './training-run';

/** Takes what the watcher saw, for the status line and the schedule. It ends nothing and costs no look at the provider. */
export function takeProgress(run: TrainingRun): void {
  setHandler(
    progressSignal,
    (given: unknown) => {
      const { percent, word } = (given ?? {}) as Record<string, unknown>;
      if (run.progress.state !== 'training' || !isWord(word) || !(percent === null || isPercent(percent)))
        return;
      run.progress.failedPollsInARow = 0;
      run.progress.note = '';
      noteProgress(run, { percent, word });
      listProgress(run);
      announce(run);
    },
    { description: 'What the watcher of the account saw of this training.' },
  );
}

function isPercent(given: unknown): given is number {
  return typeof given === 'number' && given >= 0 && given <= 100;
}

function isWord(given: unknown): given is string {
  return typeof given === 'string' && given.length <= 200;
}
