import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';

/** Several beats within the shortest heartbeat time-out (10 s), so that one late beat kills nothing. */
const BEAT_EVERY_MS = 3000;

/**
 * Beats while `body` runs, so that a worker that dies is noticed within seconds, and cancellation arrives. The
 * details of the last beat are what the Temporal UI shows of a running activity.
 */
export async function withHeartbeat<T>(
  details: () => unknown,
  body: (beat: () => void, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  // The first one comes after 3 s: most activities are over by then, and each beat is a write of the server.
  const beat = () => heartbeat(details());
  const timer = setInterval(beat, BEAT_EVERY_MS);
  try {
    return await body(beat, cancellationSignal());
  } finally {
    clearInterval(timer);
  }
}

/** `workflowId/activityId`: with the explicit activity ids that our workflows set, stable over retries and restarts. */
export function attemptName(): string {
  const { workflowExecution, activityId } = activityInfo();
  return `${workflowExecution?.workflowId ?? 'no-workflow'}/${activityId}`;
}
