import type { z } from 'zod';
import { ProviderKeyRejectedError, ProviderRefusedError, ProviderUnavailableError } from './errors';
import type { HttpResult } from './http';
import type { AnswerReader } from './submission-outcome';

/** The body of an answer, or the `ProviderError` that the answer amounts to. */
export function readAnswer<T>(
  schema: z.ZodType<T>,
  result: HttpResult,
  { title, wordsOf, keyRejected }: { title: string } & Pick<AnswerReader, 'wordsOf' | 'keyRejected'>,
): T {
  if (result.kind !== 'answer') throw new ProviderUnavailableError(title, result.words);
  const { status, json, retryAfterMs } = result;
  if (keyRejected.includes(status)) throw new ProviderKeyRejectedError(title);
  if (status === 408 || status === 429 || status >= 500) {
    throw new ProviderUnavailableError(title, wordsOf(status, json), retryAfterMs);
  }
  if (status >= 400) throw new ProviderRefusedError(title, wordsOf(status, json));
  const parsed = schema.safeParse(json);
  if (!parsed.success || status < 200 || status >= 300)
    throw new ProviderUnavailableError(title, `HTTP ${status} with a body that is not as documented`);
  return parsed.data;
}
