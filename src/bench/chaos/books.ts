import type { LedgerState } from '../../sandbox/ledger';
import type { Asked } from './asked';

/** What the provider has charged for one request: the ids of its trainings. */
export async function readBooks(sandboxUrl: string): Promise<(asked: Asked) => string[]> {
  const ledger = (await (await fetch(`${sandboxUrl}/sandbox/ledger`)).json()) as LedgerState;
  return ({ id, request }) => {
    if (request.provider === 'apiframe') {
      return ledger.submissions.filter(({ triggerWord }) => triggerWord === id).map(({ taskId }) => taskId);
    }
    const { modelId } = request.options;
    return ledger.tryiton.models
      .filter((model) => model.id === modelId)
      .flatMap(({ trainings }) => trainings.map(() => modelId));
  };
}
