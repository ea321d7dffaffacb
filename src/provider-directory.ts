import type { Account, ProviderDirectory } from './activities/ports';
import { APIFRAME_DOCUMENTED_URL, type ApiframeConfig, type Config, type SubmissionConfig } from './config';
import type { ProviderName } from './contract/request';
import { neverAgain } from './failures';
import { apiframeV1 } from './providers/apiframe-v1';
import type { Provider } from './providers/port';

interface Access {
  /** Null where the environment does not give access. */
  provider: Provider | null;
  /** What to do then. */
  remedy: string;
}

/** The providers that this process has access to. A missing key fails the trainings that need it, not the worker. */
export function providerDirectory({
  apiframe,
  submission,
}: Pick<Config, 'apiframe' | 'submission'>): ProviderDirectory {
  const directory: Record<ProviderName, Access> = {
    apiframe: {
      provider: apiframeOf(apiframe, submission),
      remedy: 'The worker has no APIFRAME key; set APIFRAME_API_KEY and restart it',
    },
    tryiton: { provider: null, remedy: 'TryItOn is not supported yet' },
  };
  const accounts: Record<ProviderName, Account> = {
    apiframe,
    tryiton: { account: 'default', isExclusive: false },
  };
  return {
    get(name) {
      const { provider, remedy } = directory[name];
      if (provider === null) throw neverAgain('ProviderNotConfigured', remedy);
      return provider;
    },
    account: (name) => accounts[name],
  };
}

function apiframeOf(
  { baseUrl, apiKey, auth }: ApiframeConfig,
  { timeoutMs: submitTimeoutMs }: SubmissionConfig,
): Provider | null {
  if (apiKey === null) return null;
  return apiframeV1({ baseUrl: baseUrl ?? APIFRAME_DOCUMENTED_URL, apiKey, auth, submitTimeoutMs });
}
