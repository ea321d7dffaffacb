import { setTimeout as delay } from 'node:timers/promises';
import type { TrainStatus } from '../contract/status';
import { NoWorkerError } from './errors';
import { isGrpcStatus } from './grpc-status';

/** What one look at a training has given: its status, or that nobody answers right now, which harms no training. */
export type Sight = { saw: 'status'; status: TrainStatus } | { saw: 'nobody'; error: unknown };

/** Looks again and again. Costs no history: a status is a query. Ends by whoever asks, or an error that no waiting mends. */
export async function* sights(
  look: () => Promise<TrainStatus>,
  everyMs: number,
): AsyncGenerator<Sight, never> {
  for (;;) {
    yield await look().then(
      (status): Sight => ({ saw: 'status', status }),
      (error: unknown): Sight => {
        if (!mayComeBack(error)) throw error;
        return { saw: 'nobody', error };
      },
    );
    await delay(everyMs);
  }
}

/** A worker or server that is deployed, restarted, busy or not there yet. */
export function mayComeBack(error: unknown): boolean {
  return (
    error instanceof NoWorkerError ||
    isGrpcStatus(error, 'UNAVAILABLE') ||
    isGrpcStatus(error, 'DEADLINE_EXCEEDED') ||
    isGrpcStatus(error, 'RESOURCE_EXHAUSTED') ||
    isGrpcStatus(error, 'ABORTED')
  );
}
