import type { TrainStatus } from '../contract/status';
import { EXIT, type ExitCode } from './exit-code';

const INPUT_FAILURES = ['InvalidRequest', 'TooFewPhotos', 'TooManyPhotos'];

/** The exit code that tells a script how a training stands. */
export function exitOfTraining({ state, failure }: Pick<TrainStatus, 'state' | 'failure'>): ExitCode {
  if (state === 'succeeded') return EXIT.done;
  if (state === 'needs-decision') return EXIT.needsDecision;
  return failure !== null && INPUT_FAILURES.includes(failure.code) ? EXIT.badInput : EXIT.trainingFailed;
}
