import type { Provider } from '../providers/port';

/** Something to be done around a call: measure it, say where it belongs. */
export type Around = <T>(call: string, run: () => Promise<T>, outcomeOf: (answer: T) => string) => Promise<T>;

/** The same provider, with that around each of its calls. */
export function aroundCalls(provider: Provider, around: Around): Provider {
  const plainly = <T>(call: string, run: () => Promise<T>) => around(call, run, () => 'ok');
  return {
    ...provider,
    upload: (...order) => plainly('upload', () => provider.upload(...order)),
    checkUpload: (...order) => plainly('check-upload', () => provider.checkUpload(...order)),
    submit: (...order) =>
      around(
        'submit',
        () => provider.submit(...order),
        ({ outcome }) => outcome,
      ),
    lookUp: (...order) => plainly('look-up', () => provider.lookUp(...order)),
    check: (...order) => plainly('check', () => provider.check(...order)),
    glance: (...order) => plainly('glance', () => provider.glance(...order)),
    results: (...order) => plainly('results', () => provider.results(...order)),
    balance: (...order) => plainly('balance', () => provider.balance(...order)),
  };
}
