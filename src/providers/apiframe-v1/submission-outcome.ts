import type { HttpResult } from '../http';
import type { SubmissionOutcome } from '../port';
import { submittedSchema, wordsOf } from './wire';

/** Client errors that a proxy in between can make after the provider has started: they prove nothing. */
const PROVES_NOTHING = new Set([408, 409, 425, 499]);
const AGAIN_AFTER_MS = 30_000;
const BUSY_AFTER_MS = 60_000;

/**
 * What one `POST /ai-photo-train` came to. Refused only where the provider certainly did not start; everything else
 * that is not a readable acceptance is unknown, because the API has no idempotency key and no list to look it up in.
 */
export function submissionOutcome(result: HttpResult): SubmissionOutcome {
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
      return answered(result);
  }
}

function answered({
  status,
  json,
  retryAfterMs,
}: Extract<HttpResult, { kind: 'answer' }>): SubmissionOutcome {
  const words = wordsOf(status, json);
  if (status === 200 || status === 201 || status === 202) {
    const submitted = submittedSchema.safeParse(json);
    if (submitted.success) return { outcome: 'accepted', trainingId: submitted.data.task_id };
    return { outcome: 'unknown', words: `HTTP ${status} without a task_id` };
  }
  if (status === 401) return { outcome: 'refused', code: 'ProviderKeyRejected', words, again: 'never' };
  if (status === 429) {
    const again = { afterMs: retryAfterMs ?? BUSY_AFTER_MS };
    return { outcome: 'refused', code: 'ProviderUnavailable', words, again };
  }
  if (status >= 400 && status < 500 && !PROVES_NOTHING.has(status)) {
    return { outcome: 'refused', code: 'ProviderRefused', words, again: 'never' };
  }
  return { outcome: 'unknown', words };
}
