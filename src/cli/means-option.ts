import type { BatchOrder } from '../contract/batch';
import { countOption } from './read-option';

/** `--budget` and `--partial`. */
export function meansFrom({
  budget,
  partial,
}: {
  budget?: string | undefined;
  partial?: true | undefined;
}): Pick<BatchOrder, 'budgetCredits' | 'beyondMeans'> {
  return {
    ...(budget !== undefined && {
      budgetCredits: countOption('--budget', budget, { min: 1, max: 1_000_000_000 }),
    }),
    ...(partial === true && { beyondMeans: 'leave-out' as const }),
  };
}
