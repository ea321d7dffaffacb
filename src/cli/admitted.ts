import type { TrainRequest } from '../contract/request';
import { errorMessage } from '../error-facts';
import type { Provider } from '../providers/port';

const ADMIT_TIMEOUT_MS = 30_000;

/** Why the provider would not train this; null where nothing is against it. Nothing is uploaded. */
export async function admitted(
  provider: Provider,
  request: TrainRequest,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    const bounded = AbortSignal.any([signal, AbortSignal.timeout(ADMIT_TIMEOUT_MS)]);
    const against = await provider.admit(request, bounded);
    return against === null ? null : `${provider.title} cannot train this: ${against.words}`;
  } catch (error) {
    signal.throwIfAborted();
    return `${provider.title} does not say whether it can train this (${errorMessage(error)}); check again when it answers`;
  }
}
