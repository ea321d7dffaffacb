import type { ProviderDirectory } from './activities/ports';
import { APIFRAME_DOCUMENTED_URL, type ApiframeConfig } from './config';
import { assertNever } from './contract/assert-never';
import { neverAgain } from './failures';
import { apiframeV1 } from './providers/apiframe-v1';
import type { Provider } from './providers/port';

/** The providers that this process has access to. A missing key fails the trainings that need it, not the worker. */
export function providerDirectory({ apiframe }: { apiframe: ApiframeConfig }): ProviderDirectory {
  const apiframeProvider = apiframeOf(apiframe);
  return {
    get(name) {
      switch (name) {
        case 'apiframe':
          if (apiframeProvider !== null) return apiframeProvider;
          throw neverAgain(
            'ProviderNotConfigured',
            'The worker has no APIFRAME key; set APIFRAME_API_KEY and restart it',
          );
        default:
          return assertNever(name);
      }
    },
  };
}

function apiframeOf({ baseUrl, apiKey, auth }: ApiframeConfig): Provider | null {
  return apiKey === null ? null : apiframeV1({ baseUrl: baseUrl ?? APIFRAME_DOCUMENTED_URL, apiKey, auth });
}
