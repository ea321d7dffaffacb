import { setTimeout as delay } from 'node:timers/promises';
import { NoWorkerError, type Darkroom, type TrainStatus } from '../client';
import { isEndState } from '../contract/state';
import { isGrpcStatus } from '../client/grpc-status';
import type { LiveOutput } from './live-output';

const LOOK_EVERY_MS = 700;
/** A server that restarts is back within seconds; after this long a person should know. */
const PATIENCE_MS = 300_000;

/**
 * Shows a training until it ends or needs a decision. Asking costs no history: status is a query, and its photo
 * counter comes out of a heartbeat. A worker or server that is away for a while is waited for.
 */
export async function followTraining(
  darkroom: Darkroom,
  id: string,
  output: LiveOutput,
): Promise<TrainStatus> {
  let awaySinceMs: number | null = null;
  for (;;) {
    try {
      const status = await darkroom.status(id);
      awaySinceMs = null;
      output.show({ status, nowMs: Date.now() });
      if (isEndState(status.state) || status.state === 'needs-decision') return status;
    } catch (error) {
      if (!mayComeBack(error)) throw error;
      if (awaySinceMs === null) output.say(`${waitingFor(error)}; the training is safe, waiting`);
      awaySinceMs ??= Date.now();
      if (Date.now() - awaySinceMs > PATIENCE_MS) throw error;
    }
    await delay(LOOK_EVERY_MS);
  }
}

function mayComeBack(error: unknown): boolean {
  return (
    error instanceof NoWorkerError ||
    isGrpcStatus(error, 'UNAVAILABLE') ||
    isGrpcStatus(error, 'DEADLINE_EXCEEDED')
  );
}

function waitingFor(error: unknown): string {
  return error instanceof NoWorkerError ? 'No worker answers' : 'Temporal does not answer';
}
