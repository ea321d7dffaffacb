import { patched, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { TrainingState } from '../contract/state';
import { currentDetails } from './current-details';
import { nextListed } from './listed';
import { howFarItIs, whatChanged, whatIsWaitedFor, whenItEnds, whoItIs } from './search-attributes';
import { darkroom } from './sinks';
import type { TrainingRun } from './training-run';

/** First sight of a training in lists. One event for all attributes. */
export function introduce(run: TrainingRun): void {
  upsertSearchAttributes([...howFarItIs(run), ...whoItIs(run)]);
  announce(run);
}

/** Moves to a state, visible everywhere. Costs one event; staying in the state costs none. */
export function enterState(run: TrainingRun, state: TrainingState, note = ''): void {
  const isNew = run.progress.state !== state;
  run.progress.state = state;
  run.progress.note = note;
  run.progress.nextPollAtMs = null;
  if (isNew) {
    listState(run);
    darkroom.entered(run.asked.provider, state);
  }
  announce(run);
}

function listState(run: TrainingRun): void {
  const { progress } = run;
  const before = progress.listed;
  progress.listed = { ...before, percent: progress.percent ?? before.percent, trouble: null };
  upsertSearchAttributes([
    ...howFarItIs(run),
    ...whatChanged(before, progress.listed),
    ...whatIsWaitedFor(run),
    ...whenItEnds(run, Date.now()),
  ]);
}

/** Lets lists follow a training that stays in its state, where that is worth an event. */
export function listProgress(run: TrainingRun): void {
  const { progress } = run;
  const next = nextListed(progress.listed, progress);
  if (next === null || !patched('listed-while-waiting')) return;
  upsertSearchAttributes([...whatChanged(progress.listed, next), ...whenItEnds(run, Date.now())]);
  progress.listed = next;
}

/** Puts what is known where the Temporal UI shows it. Costs no event. */
export function announce(run: TrainingRun): void {
  setCurrentDetails(currentDetails(run, Date.now()));
}
