import type { ProviderName } from '../contract/request';
import type { TrainingState } from '../contract/state';

export interface ListFilter {
  state?: TrainingState | undefined;
  provider?: ProviderName | undefined;
  subject?: string | undefined;
  /** 50 where nothing is said. */
  limit?: number | undefined;
}

const USUAL_LIMIT = 50;

export function whole({ state, provider, subject, limit }: ListFilter) {
  return {
    state: state ?? null,
    provider: provider ?? null,
    subject: subject ?? null,
    limit: limit ?? USUAL_LIMIT,
  };
}
