import { EXIT, type ExitCode } from './exit-code';

/** Errors that are the user's to mend, by name: classes are not imported here, or every command would load Temporal. */
const BAD_INPUT = [
  'InputError',
  'ConfigError',
  'PortInUseError',
  'IdTakenError',
  'TrainingNotFoundError',
  'ConfiguredCliError',
  'StorageError',
];
const NO_TEMPORAL = [
  'TemporalUnreachableError',
  'TemporalCliNotFoundError',
  'TemporalServerError',
  'NoWorkerError',
  'NamespaceNotPreparedError',
  'SearchAttributeTypeError',
];

/** Says what went wrong in a sentence. Anything that is not an error of ours is a bug and comes with its stack. */
export function reportFailure(error: unknown): ExitCode {
  const name = error instanceof Error ? error.name : '';
  const exitCode = exitCodeFor(name);
  const isOurs = exitCode !== EXIT.trainingFailed || name === 'NoResultError';
  const text =
    error instanceof Error ? (isOurs ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`darkroom: ${text}\n`);
  return exitCode;
}

function exitCodeFor(name: string): ExitCode {
  if (BAD_INPUT.includes(name)) return EXIT.badInput;
  if (NO_TEMPORAL.includes(name)) return EXIT.noTemporal;
  return EXIT.trainingFailed;
}
