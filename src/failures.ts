import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import type { BatchStatus } from './contract/batch';
import type { FailureCode } from './contract/failure-code';
import type { TrainResult } from './contract/result';

/**
 * The only file that makes an `ApplicationFailure`. Everything here reaches a person, in the Temporal UI or a
 * terminal: what happened, to which thing, what to do now. `docs/failures.md` lists the codes.
 */

/** Ends an activity and with it the training: asking again would give the same answer. */
export function neverAgain(code: FailureCode, message: string, cause?: Error): ApplicationFailure {
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, ...(cause && { cause }) });
}

/**
 * Lets Temporal repeat the activity, after `afterMs` if the other side named a time. Expected, hence benign: an
 * hour without the provider must not look like a bug in the logs.
 */
export function again(
  code: FailureCode,
  message: string,
  afterMs: number | null,
  cause?: Error,
): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: code,
    nonRetryable: false,
    category: ApplicationFailureCategory.BENIGN,
    // 0 would make the server give the activity up (temporal.io: next retry delay).
    ...(afterMs !== null && { nextRetryDelay: Math.max(afterMs, 1000) }),
    ...(cause && { cause }),
  });
}

/** Ends a training that did not succeed: the workflow fails, and whoever waits finds the whole result in the details. */
export function trainingEnded(code: FailureCode, message: string, result: TrainResult): ApplicationFailure {
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [result] });
}

/** Ends a batch that was to succeed as a whole; how its rows have ended is in the details. */
export function rowsFailed(message: string, status: BatchStatus): ApplicationFailure {
  return ApplicationFailure.create({
    message,
    type: 'RowsFailed' satisfies FailureCode,
    nonRetryable: true,
    details: [status],
  });
}
