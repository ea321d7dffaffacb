import {
  ProviderKeyRejectedError,
  ProviderRefusedError,
  ProviderUnavailableError,
} from '../providers/errors';
import type { Provider } from '../providers/port';
import type { WorkerMetrics } from './metrics';

/** The same provider, with each call timed. */
export function measuredProvider(
  provider: Provider,
  { providerCalls }: Pick<WorkerMetrics, 'providerCalls'>,
): Provider {
  const { name } = provider;
  async function timed<T>(
    call: string,
    run: () => Promise<T>,
    outcomeOf: (answer: T) => string = () => 'ok',
  ): Promise<T> {
    const startedMs = performance.now();
    const observe = (outcome: string) =>
      providerCalls.observe({ provider: name, call, outcome }, (performance.now() - startedMs) / 1000);
    try {
      const answer = await run();
      observe(outcomeOf(answer));
      return answer;
    } catch (error) {
      observe(wordOf(error));
      throw error;
    }
  }
  return {
    ...provider,
    upload: (...order) => timed('upload', () => provider.upload(...order)),
    checkUpload: (...order) => timed('check-upload', () => provider.checkUpload(...order)),
    submit: (...order) =>
      timed(
        'submit',
        () => provider.submit(...order),
        ({ outcome }) => outcome,
      ),
    lookUp: (...order) => timed('look-up', () => provider.lookUp(...order)),
    check: (...order) => timed('check', () => provider.check(...order)),
    glance: (...order) => timed('glance', () => provider.glance(...order)),
    results: (...order) => timed('results', () => provider.results(...order)),
    balance: (...order) => timed('balance', () => provider.balance(...order)),
  };
}

function wordOf(error: unknown): string {
  if (error instanceof ProviderUnavailableError) return 'unavailable';
  if (error instanceof ProviderRefusedError) return 'refused';
  return error instanceof ProviderKeyRejectedError ? 'key-rejected' : 'error';
}
