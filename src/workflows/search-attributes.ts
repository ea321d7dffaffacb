import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { expectedEndOf } from './expected-end';
import type { Listed } from './listed';
import type { TrainingRun } from './training-run';

const stateKey = defineSearchAttributeKey('DarkroomState', 'KEYWORD');
const providerKey = defineSearchAttributeKey('DarkroomProvider', 'KEYWORD');
const subjectKey = defineSearchAttributeKey('DarkroomSubject', 'KEYWORD');
const trainingKey = defineSearchAttributeKey('DarkroomTraining', 'KEYWORD');
const waitingSinceKey = defineSearchAttributeKey('DarkroomWaitingSince', 'DATETIME');
export const batchKey = defineSearchAttributeKey('DarkroomBatch', 'KEYWORD');
const expectedEndKey = defineSearchAttributeKey('DarkroomExpectedEnd', 'DATETIME');
const progressKey = defineSearchAttributeKey('DarkroomProgress', 'INT');
const creditsKey = defineSearchAttributeKey('DarkroomCredits', 'INT');
const troubleKey = defineSearchAttributeKey('DarkroomTrouble', 'KEYWORD');

export function whoItIs({ asked, progress: { batch } }: TrainingRun): SearchAttributeUpdatePair[] {
  return [
    { key: providerKey, value: asked.provider },
    { key: subjectKey, value: asked.subject },
    ...(batch === null ? [] : [{ key: batchKey, value: batch.id }]),
  ];
}

export function howFarItIs({ progress }: TrainingRun): SearchAttributeUpdatePair[] {
  return [
    { key: stateKey, value: progress.state },
    // A fraction would fail the task, here and below.
    { key: creditsKey, value: Math.round(progress.credits.spent) },
  ];
}

export function whatChanged(before: Listed, after: Listed): SearchAttributeUpdatePair[] {
  return [
    ...(after.percent === null || after.percent === before.percent
      ? []
      : [{ key: progressKey, value: Math.round(after.percent) }]),
    ...(after.trouble === before.trouble ? [] : [{ key: troubleKey, value: after.trouble }]),
  ];
}

/** By these the watcher finds it, and an operator who has only the provider's id. */
export function whatIsWaitedFor({ progress }: TrainingRun): SearchAttributeUpdatePair[] {
  const { state, trainingId, trainingSinceMs } = progress;
  if (state !== 'training' || trainingId === null || trainingSinceMs === null) return [];
  return [
    { key: trainingKey, value: trainingId },
    { key: waitingSinceKey, value: new Date(trainingSinceMs) },
  ];
}

/**
 * Goes along where lists are told of something else: by itself it is worth no event. What nobody knows any more stays: a time that
 * is taken back reads as null, on which Temporal's Python SDK fails to describe the workflow.
 */
export function whenItEnds(run: TrainingRun, nowMs: number): SearchAttributeUpdatePair[] {
  const endMs = expectedEndOf(run, nowMs);
  return endMs === null ? [] : [{ key: expectedEndKey, value: new Date(endMs) }];
}
