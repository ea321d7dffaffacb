import { NoWorkerError, type Darkroom, type TrainStatus } from '../client';
import { sights } from '../client/sights';
import { isEndState } from '../contract/state';
import type { LiveOutput } from './live-output';

const LOOK_EVERY_MS = 700;
/** A server that restarts is back within seconds; after this long a person should know. */
const PATIENCE_MS = 300_000;

/** Shows a training until it ends or needs a decision. A worker or server that is away for a while is waited for. */
export async function followTraining(
  darkroom: Darkroom,
  id: string,
  output: LiveOutput,
): Promise<TrainStatus> {
  let awaySinceMs: number | null = null;
  const looks = sights(() => darkroom.status(id), LOOK_EVERY_MS);
  for (;;) {
    const { value: sight } = await looks.next();
    if (sight.saw === 'status') {
      const { status } = sight;
      awaySinceMs = null;
      output.show({ status, nowMs: Date.now() });
      if (isEndState(status.state) || status.state === 'needs-decision') return status;
    } else {
      if (awaySinceMs === null) output.say(`${waitingFor(sight.error)}; the training is safe, waiting`);
      awaySinceMs ??= Date.now();
      if (Date.now() - awaySinceMs > PATIENCE_MS) throw sight.error;
    }
  }
}

function waitingFor(error: unknown): string {
  return error instanceof NoWorkerError ? 'No worker answers' : 'Temporal does not answer';
}
