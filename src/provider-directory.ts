import type { Account, ProviderDirectory } from './activities/ports';
import { APIFRAME_DOCUMENTED_URL, type ApiframeConfig, type Config, type SubmissionConfig } from './config';
import { missingForTryiton, shapeOf, type TryitonConfig } from './config/tryiton-settings';
import type { ProviderName } from './contract/request';
import { neverAgain } from './failures';
import { measuredProvider } from './monitoring/measured-provider';
import { tracedProvider } from './monitoring/traced-provider';
import type { WorkerMetrics } from './monitoring/metrics';
import { apiframeV1 } from './providers/apiframe-v1';
import type { Provider } from './providers/port';
import { tryiton } from './providers/tryiton';

interface Access {
  /** Null where the environment does not give access. */
  provider: Provider | null;
  /** What to do then. */
  remedy: string;
}

/** The providers that this process has access to. A missing key fails the trainings that need it, not the worker. */
export function providerDirectory(
  { apiframe, tryiton: tryitonConfig, submission }: Pick<Config, 'apiframe' | 'tryiton' | 'submission'>,
  metrics: WorkerMetrics | null = null,
): ProviderDirectory {
  const observed = (provider: Provider | null) => {
    if (provider === null) return null;
    const traced = tracedProvider(provider);
    return metrics === null ? traced : measuredProvider(traced, metrics);
  };
  const directory: Record<ProviderName, Access> = {
    apiframe: {
      provider: observed(apiframeOf(apiframe, submission)),
      remedy: 'The worker has no APIFRAME key; set APIFRAME_API_KEY and restart it',
    },
    tryiton: {
      provider: observed(tryitonOf(tryitonConfig, submission)),
      remedy: `The worker cannot use TryItOn; set ${missingForTryiton(tryitonConfig).join(', ')} and restart it (darkroom doctor says where to get them)`,
    },
  };
  const accounts: Record<ProviderName, Account> = {
    apiframe,
    // It has no balance, so nothing could be told from one.
    tryiton: { account: tryitonConfig.account, isExclusive: false },
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

function tryitonOf(config: TryitonConfig, { timeoutMs: submitTimeoutMs }: SubmissionConfig): Provider | null {
  const { baseUrl, apiKey } = config;
  const shape = shapeOf(config);
  if (baseUrl === null || apiKey === null || shape === null) return null;
  return tryiton({ baseUrl, apiKey, shape, submitTimeoutMs });
}
