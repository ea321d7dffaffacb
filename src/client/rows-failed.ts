import { ApplicationFailure } from '@temporalio/common';
import type { BatchStatus } from '../contract/batch';
import type { FailureCode } from '../contract/failure-code';

/** A batch that was to succeed as a whole has failed with how its rows have ended; null where it failed otherwise. */
export function statusInFailure(error: unknown): BatchStatus | null {
  if (!(error instanceof ApplicationFailure) || error.type !== ('RowsFailed' satisfies FailureCode))
    return null;
  return (error.details?.[0] as BatchStatus | undefined) ?? null;
}
