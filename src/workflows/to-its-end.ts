import { ActivityFailure, ApplicationFailure, isCancellation } from '@temporalio/workflow';
import { FAILURE_CODES, type FailureCode } from '../contract/failure-code';
import type { TrainResult } from '../contract/result';
import { isEndState } from '../contract/state';
import { trainingEnded } from '../failures';
import { enterState } from './enter-state';
import { leavePlace } from './give-place-back';
import { resultOf } from './status';
import { deadlineNote, stillBilled } from './status-line';
import { tellBatch } from './tell-batch';
import { tellCaller } from './tell-caller';
import type { TrainingRun } from './training-run';

/**
 * Runs the story and gives it one of its four ends. Only `succeeded` completes the workflow: a schedule that pauses
 * on failure, a retry rule of a caller, and the color in the UI all go by that.
 */
export async function toItsEnd(run: TrainingRun, story: () => Promise<void>): Promise<TrainResult> {
  try {
    await story();
  } catch (error) {
    const end = endOf(run, error);
    if (isEndState(run.progress.state)) await tell(run);
    throw end;
  }
  enterState(run, 'succeeded');
  await tell(run);
  return resultOf(run, 'succeeded');
}

async function tell(run: TrainingRun): Promise<void> {
  await Promise.all([leavePlace(run), tellBatch(run)]); // one workflow task for both
  await tellCaller(run);
}

/** What the workflow ends with; the run is in its last state then. */
function endOf(run: TrainingRun, error: unknown): unknown {
  if (isCancellation(error) && run.progress.isPastDeadline) return timedOut(run);
  if (isCancellation(error)) {
    enterState(run, 'canceled', stillBilled(run));
    return error;
  }
  if (error instanceof ActivityFailure) return stopped(run, ...reasonOf(error));
  // A local activity that fails is not wrapped. An end that a step chose has its state already.
  if (error instanceof ApplicationFailure && run.progress.failure === null) {
    return stopped(run, codeOf(error), error.message);
  }
  return error; // the end that a step chose, continue-as-new, or a bug, which Temporal retries until it is mended
}

/** Ends the training as failed. To be thrown by the step that cannot go on. */
export function stopped(run: TrainingRun, code: FailureCode, message: string): ApplicationFailure {
  run.progress.failure = { code, message };
  enterState(run, 'failed');
  return trainingEnded(code, message, resultOf(run, 'failed'));
}

function timedOut(run: TrainingRun): ApplicationFailure {
  const note = deadlineNote(run);
  run.progress.failure = { code: 'DeadlinePassed', message: sentence(note) };
  enterState(run, 'timed-out', note);
  return trainingEnded('DeadlinePassed', sentence(note), resultOf(run, 'timed-out'));
}

/** An activity that ended for good says why itself; one that ran out of its bounds is named. */
function reasonOf({ activityType, cause }: ActivityFailure): [FailureCode, string] {
  if (cause instanceof ApplicationFailure) {
    return [codeOf(cause), cause.message];
  }
  return [
    'StepFailed',
    `The step ${activityType} did not end within its bounds: ${cause?.message ?? 'no cause'}`,
  ];
}

function codeOf({ type }: ApplicationFailure): FailureCode {
  return FAILURE_CODES.find((one) => one === type) ?? 'StepFailed';
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
