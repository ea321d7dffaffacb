import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import {
  BatchNotFoundError,
  BatchRunsError,
  BatchStoppedError,
  CursorError,
  DecisionRefusedError,
  NamespaceNotPreparedError,
  NoResultError,
  NoWorkerError,
  ScheduleExistsError,
  ScheduleInputError,
  ScheduleNotFoundError,
  ScheduleRefusedError,
  RowNotFoundError,
  RowsUnknownError,
  SteeringRefusedError,
  TrainingEndedError,
  TrainingNotFoundError,
} from '../../client';
import { LedgerDaysError } from '../../accounts/asked-days';
import { ManifestError } from '../../batches/read-manifest';
import { isGrpcStatus } from '../../client/grpc-status';
import { errorMessage } from '../../error-facts';
import { StorageError } from '../../storage/port';
import { ProblemError } from './problem';
import { TooLateError } from '../bounded-calls';

/** What a caller is told of an error. What nobody expected is told without its words: they may name what is none of theirs. */
export function problemOfError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) return invalid(error.validation);
  if (error instanceof TrainingNotFoundError) return new ProblemError('not-found', error.message);
  if (error instanceof TrainingEndedError) return new ProblemError('ended', error.message);
  if (error instanceof CursorError || error instanceof LedgerDaysError)
    return new ProblemError('invalid-request', error.message);
  if (error instanceof DecisionRefusedError) return new ProblemError('decision-refused', error.message);
  if (error instanceof NoResultError) return new ProblemError('no-result', error.message);
  if (error instanceof NoWorkerError) return new ProblemError('no-worker', error.message);
  const ofBatch = problemOfBatch(error);
  if (ofBatch !== null) return ofBatch;
  if (error instanceof NamespaceNotPreparedError) return new ProblemError('temporal-away', error.message);
  const ofSchedule = problemOfSchedule(error);
  if (ofSchedule !== null) return ofSchedule;
  // Its words name a folder of this machine.
  if (error instanceof StorageError)
    return new ProblemError('store-away', 'The store cannot be used right now; see the log of the gateway');
  if (isAway(error))
    return new ProblemError('temporal-away', 'Temporal does not answer; nothing is lost, ask again');
  return ofHttp(error) ?? new ProblemError('internal', 'Something is wrong here, see the log of the gateway');
}

function problemOfSchedule(error: unknown): ProblemError | null {
  if (error instanceof ScheduleInputError) return new ProblemError('invalid-request', error.message);
  if (error instanceof ScheduleNotFoundError) return new ProblemError('not-found', error.message);
  if (error instanceof ScheduleExistsError) return new ProblemError('schedule-exists', error.message);
  if (error instanceof ScheduleRefusedError) return new ProblemError('schedule-busy', error.message);
  return null;
}

function problemOfBatch(error: unknown): ProblemError | null {
  if (error instanceof BatchNotFoundError || error instanceof RowsUnknownError)
    return new ProblemError('not-found', error.message);
  if (error instanceof BatchRunsError) return new ProblemError('id-taken', error.message);
  if (error instanceof BatchStoppedError) return new ProblemError('no-result', error.message);
  if (error instanceof SteeringRefusedError) return new ProblemError('steering-refused', error.message);
  if (error instanceof RowNotFoundError || error instanceof ManifestError)
    return new ProblemError('invalid-request', error.message);
  return null;
}

type Validation = { instancePath: string; message?: string | undefined }[];

function invalid(validation: Validation): ProblemError {
  const at = validation.map(({ instancePath, message = 'is not right' }) => ({
    path: instancePath === '' ? '/' : instancePath,
    message,
  }));
  const [first] = at;
  return new ProblemError(
    'invalid-request',
    `${first?.path ?? '/'}: ${first?.message ?? 'is not right'}`,
    at,
  );
}

function isAway(error: unknown): boolean {
  return (
    error instanceof TooLateError ||
    isGrpcStatus(error, 'UNAVAILABLE') ||
    isGrpcStatus(error, 'DEADLINE_EXCEEDED')
  );
}

/** What fastify and its plugins say of a request that never came as far as a handler. */
function ofHttp(error: unknown): ProblemError | null {
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : null;
  switch (status) {
    case 413:
      return new ProblemError('too-large', errorMessage(error));
    case 415:
      return new ProblemError('wrong-type', 'Send application/json');
    case 429:
      return new ProblemError('too-many', 'Too many requests with this key; wait as Retry-After says');
    default:
      return typeof status === 'number' && status >= 400 && status < 500
        ? new ProblemError('invalid-request', errorMessage(error))
        : null;
  }
}
