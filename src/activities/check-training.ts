import { activityInfo, cancellationSignal, log } from '@temporalio/activity';
import type { ProviderName } from '../contract/request';
import { isProviderError, ProviderUnavailableError } from '../providers/errors';
import type { TrainingVerdict } from '../providers/port';
import { submissionJournal } from '../submissions/journal';
import { pastDurations } from '../submissions/past-durations';
import type { ActivityPorts } from './ports';

/** One poll. `no-answer` says nothing about the training: it may well be running, or done. */
export type PollResult =
  TrainingVerdict | { verdict: 'no-answer'; words: string; retryAfterMs: number | null };

/** Which submission the training came from, and whether a failure would be its end. */
export interface PollOf {
  attempt: number;
  isFailureFinal: boolean;
  /** Unix ms. Null where it was adopted; absent, like the next, where an older release asks. */
  acceptedAtMs?: number | null;
  /** When it was last known to be running; null where it has ended just now. */
  runningAtMs?: number | null;
}

/**
 * Reads the status once. Whatever goes wrong with the provider is an answer, not an error: the training is paid, and
 * a withdrawn key or an hour of 500s must not end the wait for it.
 */
export function checkTraining(
  { providers, storage }: Pick<ActivityPorts, 'providers' | 'storage'>,
  ensureWatched: (provider: ProviderName) => Promise<void> = () => Promise.resolve(),
) {
  const journal = submissionJournal(storage);
  const durations = pastDurations(storage);
  /** @param about absent where an older release asks */
  return async (provider: ProviderName, trainingId: string, about?: PollOf): Promise<PollResult> => {
    await ensureWatched(provider);
    try {
      const answer = await providers.get(provider).check(trainingId, cancellationSignal());
      const verdict = about?.isFailureFinal === true ? withoutDoubt(answer) : answer;
      if (about !== undefined) await recordEnd(provider, about, verdict);
      return verdict;
    } catch (error) {
      if (!isProviderError(error)) throw error;
      const retryAfterMs = error instanceof ProviderUnavailableError ? error.retryAfterMs : null;
      return { verdict: 'no-answer', words: error.message, retryAfterMs };
    }
  };
  /**
   * So that the same photos may be trained again where the first training failed, and that later ones are looked at when they
   * are likely to end. Not worth losing a poll for.
   */
  async function recordEnd(
    provider: ProviderName,
    about: PollOf,
    { verdict }: TrainingVerdict,
  ): Promise<void> {
    const { attempt, isFailureFinal } = about;
    if (verdict !== 'succeeded' && !(verdict === 'failed' && isFailureFinal)) return;
    const id = activityInfo().workflowExecution?.workflowId ?? '';
    try {
      await journal.recordEnd({ id, attempt }, { end: verdict, atMs: Date.now() });
      const tookMs = durationOf(about);
      if (verdict === 'succeeded' && tookMs !== null)
        await durations.add(provider, providers.account(provider).account, tookMs);
    } catch (error) {
      log.warn('the end of the training could not be recorded', { error: String(error) });
    }
  }
}

/** Of a training that has said "failed": one that is forgotten as well would else be asked for until the deadline. */
function withoutDoubt(answer: TrainingVerdict): TrainingVerdict {
  return answer.verdict === 'gone'
    ? { verdict: 'failed', words: `${answer.words}, after it said "failed"` }
    : answer;
}

/** Half way between the last look that saw it running and this one, or its error would grow from training to training. */
function durationOf({ acceptedAtMs = null, runningAtMs = null }: PollOf): number | null {
  if (acceptedAtMs === null) return null;
  const nowMs = Date.now();
  return Math.max(((runningAtMs ?? nowMs) + nowMs) / 2 - acceptedAtMs, 1);
}
