import { log } from '@temporalio/activity';
import type { TrainRequest } from '../contract/request';
import type { SubmissionOutcome } from '../providers/port';
import { attemptName, withHeartbeat } from './heartbeat';
import type { ActivityPorts } from './ports';

export interface SubmitOrder {
  request: TrainRequest;
  uploadId: string;
  /** After this instant (Unix ms) the upload may be gone, or the deadline has passed, so nothing is sent. */
  notAfterMs: number | null;
}

export type SubmitResult = SubmissionOutcome | { outcome: 'too-late' };

/**
 * The one paid call. The workflow schedules it with a single attempt, and it has no code path that calls the
 * provider twice. It does not listen to cancellation either: a call cut off in the middle has an unknown outcome.
 */
export function submitTraining({ providers }: Pick<ActivityPorts, 'providers'>) {
  return ({ request, uploadId, notAfterMs }: SubmitOrder): Promise<SubmitResult> =>
    withHeartbeat(
      () => ({ uploadId }),
      async () => {
        if (notAfterMs !== null && Date.now() > notAfterMs) return { outcome: 'too-late' };
        const outcome = await providers.get(request.provider).submit({ uploadId, request, webhook: null });
        log.info('submission', { attempt: attemptName(), outcome: outcome.outcome });
        return outcome;
      },
    );
}
