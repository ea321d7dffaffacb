import { again, neverAgain } from '../failures';
import type { ProviderUnavailableError } from '../providers/errors';
import {
  ProviderKeyRejectedError,
  ProviderRefusedError,
  isProviderError,
  type ProviderError,
} from '../providers/errors';
import { StorageError } from '../storage/port';

/**
 * Runs the body of an activity and says for each error of a port whether Temporal may try again. What is no port's
 * error is a bug and passes with its own stack; Temporal repeats it within the activity's bounds.
 */
export async function sayingWhatFailed<T>(body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (error) {
    if (isProviderError(error)) throw providerFailure(error);
    if (error instanceof StorageError) throw storageFailure(error);
    throw error;
  }
}

function providerFailure(error: ProviderError) {
  if (error instanceof ProviderKeyRejectedError) {
    return neverAgain('ProviderKeyRejected', keyRejectedSentence(error.provider), error);
  }
  if (error instanceof ProviderRefusedError) {
    return neverAgain('ProviderRefused', `${error.provider} refused the photos: ${error.words}`, error);
  }
  return again('ProviderUnavailable', unavailableSentence(error), error.retryAfterMs, error);
}

export function keyRejectedSentence(provider: string): string {
  return `${provider} rejected the key; set the right one for the worker (darkroom doctor tries it without spending)`;
}

function unavailableSentence(error: ProviderUnavailableError): string {
  return `${error.provider} did not answer usefully: ${error.words}`;
}

function storageFailure(error: StorageError) {
  const message = `${error.message}; make it usable for the worker`;
  return error.remedy === 'mend'
    ? neverAgain('StoreUnavailable', message, error)
    : again('StoreUnavailable', error.message, null, error);
}
