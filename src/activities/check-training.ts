import { cancellationSignal } from '@temporalio/activity';
import type { ProviderName } from '../contract/request';
import { isProviderError, ProviderUnavailableError } from '../providers/errors';
import type { TrainingVerdict } from '../providers/port';
import type { ActivityPorts } from './ports';

/** One poll. `no-answer` says nothing about the training: it may well be running, or done. */
export type PollResult =
  TrainingVerdict | { verdict: 'no-answer'; words: string; retryAfterMs: number | null };

/**
 * Reads the status once. Whatever goes wrong with the provider is an answer, not an error: the training is paid, and
 * a withdrawn key or an hour of 500s must not end the wait for it.
 */
export function checkTraining({ providers }: Pick<ActivityPorts, 'providers'>) {
  return async (provider: ProviderName, trainingId: string): Promise<PollResult> => {
    try {
      return await providers.get(provider).check(trainingId, cancellationSignal());
    } catch (error) {
      if (!isProviderError(error)) throw error;
      const retryAfterMs = error instanceof ProviderUnavailableError ? error.retryAfterMs : null;
      return { verdict: 'no-answer', words: error.message, retryAfterMs };
    }
  };
}
