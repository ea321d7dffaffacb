import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import type { TrainingState } from '../contract/state';
import { statusLine } from './status-line';
import type { TrainingRun } from './training-run';

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const trainingKey = defineSearchAttributeKey('DarkroomTraining', 'KEYWORD');
const waitingSinceKey = defineSearchAttributeKey('DarkroomWaitingSince', 'DATETIME');
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
  if (isNew) upsertSearchAttributes([{ key: stateKey, value: state }, ...whatIsWaitedFor(run)]);
  announce(run);
}

/** By these the watcher finds it, and an operator who has only the provider's id. */
function whatIsWaitedFor({ progress }: TrainingRun): SearchAttributeUpdatePair[] {
  const { state, trainingId, trainingSinceMs } = progress;
  if (state !== 'training' || trainingId === null || trainingSinceMs === null) return [];
  return [
    { key: trainingKey, value: trainingId },
    { key: waitingSinceKey, value: new Date(trainingSinceMs) },
  ];
}

/** Puts the status line where the Temporal UI shows it. Costs no event. */
export function announce(run: TrainingRun): void {
  setCurrentDetails(statusLine(run));
}
