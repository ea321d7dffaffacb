import {
  ProviderKeyRejectedError,
  ProviderRefusedError,
  ProviderUnavailableError,
} from '../providers/errors';
import type { Provider } from '../providers/port';
import { aroundCalls } from './around-calls';
import type { WorkerMetrics } from './metrics';

/** The same provider, with each call timed. */
export function measuredProvider(
  provider: Provider,
  { providerCalls }: Pick<WorkerMetrics, 'providerCalls'>,
): Provider {
  return aroundCalls(provider, async (call, run, outcomeOf) => {
    const startedMs = performance.now();
    const observe = (outcome: string) =>
      providerCalls.observe(
        { provider: provider.name, call, outcome },
        (performance.now() - startedMs) / 1000,
      );
    try {
      const answer = await run();
      observe(outcomeOf(answer));
      return answer;
    } catch (error) {
      observe(wordOf(error));
      throw error;
    }
  });
}

function wordOf(error: unknown): string {
  if (error instanceof ProviderUnavailableError) return 'unavailable';
  if (error instanceof ProviderRefusedError) return 'refused';
  return error instanceof ProviderKeyRejectedError ? 'key-rejected' : 'error';
}
