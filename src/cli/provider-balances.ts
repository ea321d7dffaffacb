import { PROVIDERS } from '../contract/names';
import type { ProviderName } from '../contract/request';
import type { Config } from '../config';
import { errorMessage } from '../error-facts';
import { providerDirectory } from '../provider-directory';
import type { Provider } from '../providers/port';

const BALANCE_TIMEOUT_MS = 20_000;

/** The providers that a key is configured for here. */
export function configuredProviders(config: Config): Map<ProviderName, Provider> {
  const directory = providerDirectory(config);
  const found = new Map<ProviderName, Provider>();
  for (const name of PROVIDERS) {
    try {
      found.set(name, directory.get(name));
    } catch {
      // It has no key here, so nothing can be asked of it.
    }
  }
  return found;
}

/** Credits that are left, by provider; null where it cannot be asked. Why not is told. */
export async function providerBalances(
  providers: ReadonlyMap<ProviderName, Provider>,
  onTrouble: (words: string) => void,
): Promise<Partial<Record<ProviderName, number | null>>> {
  const balances: Partial<Record<ProviderName, number | null>> = {};
  for (const [name, provider] of providers) {
    try {
      const balance = await provider.balance(AbortSignal.timeout(BALANCE_TIMEOUT_MS));
      balances[name] = balance?.credits ?? null;
    } catch (error) {
      onTrouble(`${provider.title} does not say how many credits are left (${errorMessage(error)})`);
      balances[name] = null;
    }
  }
  return balances;
}
