import { cancellationSignal } from '@temporalio/activity';
import type { Evidence } from '../contract/evidence';
import { isProviderError } from '../providers/errors';
import type { Provider } from '../providers/port';
import type { Intent } from '../submissions/entries';
import { sameText } from '../webhooks/keyed-hash';

/**
 * The training that evidence names, or null. A delivery is a hint: its token must be that of the attempt, the provider must
 * know the training, and that must not be somebody else's.
 */
export async function namedByEvidence(
  attempt: { provider: Provider; intent: Intent; isOwn: (trainingId: string) => Promise<boolean> },
  evidence: readonly Evidence[],
): Promise<string | null> {
  const { provider, intent, isOwn } = attempt;
  for (const { attempt: number, token, trainingId } of evidence) {
    if (number !== intent.attempt || !sameText(token, intent.token)) continue;
    // All of them, not only the first: one that is wrong must not hide one that is right.
    if ((await isKnown(provider, trainingId)) && (await isOwn(trainingId))) return trainingId;
  }
  return null;
}

async function isKnown(provider: Provider, trainingId: string): Promise<boolean> {
  try {
    return (await provider.check(trainingId, cancellationSignal())).verdict !== 'gone';
  } catch (error) {
    if (!isProviderError(error)) throw error;
    return false;
  }
}
