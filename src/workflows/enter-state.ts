import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { TrainingState } from '../contract/state';
import { statusLine } from './status-line';
import type { TrainingRun } from './training-run';

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const subjectKey = defineSearchAttributeKey('DarkroomSubject', 'KEYWORD');

/** First sight of a training in lists. One event for all three attributes. */
export function introduce(run: TrainingRun): void {
  upsertSearchAttributes([
    { key: stateKey, value: run.progress.state },
    { key: providerKey, value: run.asked.provider },
    { key: subjectKey, value: run.asked.subject },
  ]);
  announce(run);
}

/** Moves to a state, visible everywhere. Costs one event; staying in the state costs none. */
export function enterState(run: TrainingRun, state: TrainingState, note = ''): void {
  const isNew = run.progress.state !== state;
  run.progress.state = state;
  run.progress.note = note;
  run.progress.nextPollAtMs = null;
  if (isNew) upsertSearchAttributes([{ key: stateKey, value: state }]);
  announce(run);
}

/** Puts the status line where the Temporal UI shows it. Costs no event. */
export function announce(run: TrainingRun): void {
  setCurrentDetails(statusLine(run));
}
