import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import type { ProviderName } from '../contract/request';
import { isProviderError, ProviderUnavailableError } from '../providers/errors';
import type { TrainingVerdict } from '../providers/port';
import { submissionJournal } from '../submissions/journal';
import type { ActivityPorts } from './ports';

/** One poll. `no-answer` says nothing about the training: it may well be running, or done. */
export type PollResult =
  TrainingVerdict | { verdict: 'no-answer'; words: string; retryAfterMs: number | null };

/** Which submission the training came from, and whether a failure would be its end. */
export interface PollOf {
  attempt: number;
  isFailureFinal: boolean;
}

/**
 * Reads the status once. Whatever goes wrong with the provider is an answer, not an error: the training is paid, and
 * a withdrawn key or an hour of 500s must not end the wait for it.
 */
export function checkTraining({ providers, storage }: Pick<ActivityPorts, 'providers' | 'storage'>) {
  const journal = submissionJournal(storage);
  /** @param about absent where an older release asks */
  return async (provider: ProviderName, trainingId: string, about?: PollOf): Promise<PollResult> => {
    try {
      const verdict = await providers.get(provider).check(trainingId, cancellationSignal());
      if (about !== undefined) await recordEnd(about, verdict);
      return verdict;
    } catch (error) {
      if (!isProviderError(error)) throw error;
      const retryAfterMs = error instanceof ProviderUnavailableError ? error.retryAfterMs : null;
      return { verdict: 'no-answer', words: error.message, retryAfterMs };
    }
  };
  /** So that the same photos may be trained again where the first training failed. Not worth losing a poll for. */
  async function recordEnd({ attempt, isFailureFinal }: PollOf, { verdict }: TrainingVerdict): Promise<void> {
    if (verdict !== 'succeeded' && !(verdict === 'failed' && isFailureFinal)) return;
    const id = activityInfo().workflowExecution?.workflowId ?? '';
    try {
      await journal.recordEnd({ id, attempt }, { end: verdict, atMs: Date.now() });
    } catch (error) {
      log.warn('the end of the training could not be recorded', { error: String(error) });
    }
  }
}
