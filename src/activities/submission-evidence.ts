import { cancellationSignal } from '@temporalio/activity';
import type { Evidence } from '../contract/evidence';
import { isProviderError } from '../providers/errors';
import type { Provider } from '../providers/port';
import type { Intent } from '../submissions/entries';
import { sameText } from '../webhooks/keyed-hash';

export interface Named {
  trainingId: string | null;
  /** What one delivery named could not be checked: as long as that is so, nothing else proves that nothing has started. */
  isUnchecked: boolean;
}

/**
 * The training that evidence names. A delivery is a hint: its token must be that of the attempt, the provider must
 * know the training, and that must not be somebody else's.
 */
export async function namedByEvidence(
  attempt: { provider: Provider; intent: Intent; isOwn: (trainingId: string) => Promise<boolean> },
  evidence: readonly Evidence[],
): Promise<Named> {
  const { provider, intent, isOwn } = attempt;
  let isUnchecked = false;
  for (const { attempt: number, token, trainingId } of evidence) {
    if (number !== intent.attempt || !sameText(token, intent.token)) continue;
    // All of them, not only the first: one that is wrong must not hide one that is right.
    const isKnown = await knows(provider, trainingId);
    if (isKnown === 'no-answer') isUnchecked = true;
    else if (isKnown && (await isOwn(trainingId))) return { trainingId, isUnchecked: false };
  }
  return { trainingId: null, isUnchecked };
}

async function knows(provider: Provider, trainingId: string): Promise<boolean | 'no-answer'> {
  try {
    return (await provider.check(trainingId, cancellationSignal())).verdict !== 'gone';
  } catch (error) {
    if (!isProviderError(error)) throw error;
    return 'no-answer';
  }
}
