import type { LedgerState } from '../../sandbox/ledger';
import type { Asked } from './asked';

export async function readLedger(sandboxUrl: string): Promise<LedgerState> {
  return (await (await fetch(`${sandboxUrl}/sandbox/ledger`)).json()) as LedgerState;
}

/** What the provider has charged for one request: the ids of its trainings. */
export function booksOf(ledger: LedgerState): (asked: Asked) => string[] {
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
