import { WorkflowFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure } from '@temporalio/common';
import type { BatchStatus } from '../contract/batch';
import type { FailureCode } from '../contract/failure-code';

/** A batch that was to succeed as a whole has failed with how its rows have ended; null where it failed otherwise. */
export function statusInFailure(error: unknown): BatchStatus | null {
  if (!(error instanceof ApplicationFailure) || error.type !== ('RowsFailed' satisfies FailureCode))
    return null;
  return (error.details?.[0] as BatchStatus | undefined) ?? null;
}

/** The words that are about the thing: those around them say only that a step failed. */
export function whyFailed(error: unknown): unknown {
  const cause = error instanceof WorkflowFailedError ? error.cause : error;
  return cause instanceof ActivityFailure ? (cause.cause ?? cause) : cause;
}
