import { errorCode, errorMessage, isSystemError } from '../error-facts';
import { EXIT, type ExitCode } from './exit-code';

/** Errors that are the user's to mend, by name: classes are not imported here, or every command would load Temporal. */
export const BAD_INPUT = [
  'InputError',
  'ConfigError',
  'PortInUseError',
  'IdTakenError',
  'TrainingNotFoundError',
  'ConfiguredCliError',
  'StorageError',
  'DecisionRefusedError',
  'TracingPackagesError',
  'ManifestError',
  'AccountsFileError',
  'LedgerDaysError',
  'BatchNotFoundError',
  'SteeringRefusedError',
  'BatchRunsError',
  'BatchStoppedError',
  'RowsUnknownError',
  'RowNotFoundError',
  'CursorError',
  'NotAdoptableError',
  'TrainingEndedError',
  'ScheduleInputError',
  'ScheduleExistsError',
  'ScheduleNotFoundError',
  'ScheduleRefusedError',
];
export const NO_TEMPORAL = [
  'TemporalUnreachableError',
  'TemporalCliNotFoundError',
  'TemporalServerError',
  'NoWorkerError',
  'NamespaceNotPreparedError',
  'SearchAttributeTypeError',
];

/** Says what went wrong in a sentence. Anything that is neither ours nor the system's is a bug and comes with its stack. */
export function reportFailure(error: unknown): ExitCode {
  const name = error instanceof Error ? error.name : '';
  const exitCode = exitCodeFor(name, error);
  const isOurs = exitCode !== EXIT.trainingFailed || name === 'NoResultError';
  const text = isOurs || !(error instanceof Error) ? errorMessage(error) : (error.stack ?? error.message);
  process.stderr.write(`darkroom: ${text}\n`);
  return exitCode;
}

function exitCodeFor(name: string, error: unknown): ExitCode {
  if (BAD_INPUT.includes(name)) return EXIT.badInput;
  if (NO_TEMPORAL.includes(name) || isFromTemporal(error)) return EXIT.noTemporal;
  // A path, a port or an address that the system does not give us: somebody chose it.
  if (isSystemError(error)) return EXIT.badInput;
  return EXIT.trainingFailed;
}

/** An answer of the server, or none: gRPC errors have a number for a code, and the SDK wraps them. */
function isFromTemporal(error: unknown): boolean {
  if (typeof errorCode(error) === 'number') return true;
  if (!(error instanceof Error)) return false;
  return error.name === 'NamespaceNotFoundError' || isFromTemporal(error.cause);
}
