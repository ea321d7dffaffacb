import { assertNever } from '../contract/assert-never';
import type { HttpResult } from './http';
import type { Again, SubmissionOutcome } from './port';

/** What of an answer only the provider's own documents can say. */
export interface AnswerReader {
  /** The training's id out of a success, or null where the body is no acceptance. */
  acceptedId(json: unknown): string | null;
  /** The provider's words, or what can be said without any. */
  wordsOf(status: number, json: unknown): string;
  /** Statuses that mean a wrong key. */
  keyRejected: readonly number[];
}

type Answer = Extract<HttpResult, { kind: 'answer' }>;

/** Client errors that a proxy in between can make after the provider has started: they prove nothing. */
const PROVES_NOTHING = new Set([408, 409, 425, 499]);
const AGAIN_AFTER_MS = 30_000;
const BUSY_AFTER_MS = 60_000;
/** Somebody's training has to end first. */
const FULL_AFTER_MS = 300_000;
/**
 * A 429 has two meanings: too many requests, or too many trainings in flight (`maxConcurrentTrainings`, PhotoGPT's "too many
 * trainings"). No code tells them apart, so the words do; one that is taken for the other waits too long or asks too often.
 */
const TOO_MANY_IN_FLIGHT = /concurren|in flight|in progress|too many (active |running )?trainings/i;

/**
 * What one paid call came to. Refused only where the provider certainly did not start; everything else that is not a
 * readable acceptance is unknown, because none of these APIs has an idempotency key.
 */
export function submissionOutcome(result: HttpResult, reader: AnswerReader): SubmissionOutcome {
  switch (result.kind) {
    case 'not-sent':
      return {
        outcome: 'refused',
        code: 'ProviderUnavailable',
        words: `the request could not be sent: ${result.words}`,
        again: { afterMs: AGAIN_AFTER_MS },
      };
    case 'lost':
      return { outcome: 'unknown', words: result.words };
    case 'answer':
      return answered(result, reader);
    default:
      return assertNever(result);
  }
}

function answered({ status, json, retryAfterMs }: Answer, reader: AnswerReader): SubmissionOutcome {
  const words = reader.wordsOf(status, json);
  if (status === 200 || status === 201 || status === 202) {
    const trainingId = reader.acceptedId(json);
    if (trainingId !== null) return { outcome: 'accepted', trainingId };
    return { outcome: 'unknown', words: `HTTP ${status} that cannot be read as an acceptance` };
  }
  if (reader.keyRejected.includes(status))
    return { outcome: 'refused', code: 'ProviderKeyRejected', words, again: 'never' };
  if (status === 429) {
    const again: Again = TOO_MANY_IN_FLIGHT.test(words)
      ? { afterMs: retryAfterMs ?? FULL_AFTER_MS, because: 'full' }
      : { afterMs: retryAfterMs ?? BUSY_AFTER_MS };
    return { outcome: 'refused', code: 'ProviderUnavailable', words, again };
  }
  if (status >= 400 && status < 500 && !PROVES_NOTHING.has(status)) {
    return { outcome: 'refused', code: 'ProviderRefused', words, again: 'never' };
  }
  return { outcome: 'unknown', words };
}
