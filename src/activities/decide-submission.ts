import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { Decision } from '../contract/decision';
import type { TrainRequest } from '../contract/request';
import { neverAgain } from '../failures';
import { ProviderRefusedError } from '../providers/errors';
import type { Provider, TrainingVerdict } from '../providers/port';
import type { Settlement } from '../submissions/entries';
import { submissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import { standingOf, type Standing } from '../submissions/standing';
import { ownerOf } from '../submissions/training-owners';
import { sayingWhatFailed } from './activity-failure';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';
import { assertSameRequest } from './same-request';

export interface DecisionOrder {
  request: TrainRequest;
  decision: Decision;
  /** Which attempt; null: the one that counts, where the workflow cannot know. */
  attempt: number | null;
  /** Absent in the order of a run that an older release began. */
  storeId?: string | null;
}

/**
 * Writes a person's decision into the record of the submission, so that it holds even where the history is lost. A
 * training to adopt is looked at first: one that the provider does not know, that failed, or that belongs to somebody
 * else is refused, and nothing is changed.
 *
 * @returns the number of the next attempt
 */
export function decideSubmission({ storage, providers }: ActivityPorts) {
  const journal = submissionJournal(storage);
  return ({ request, decision, attempt, storeId = null }: DecisionOrder): Promise<{ nextAttempt: number }> =>
    sayingWhatFailed(async () => {
      await assertOwnStore(storage, storeId);
      const id = activityInfo().workflowExecution?.workflowId ?? '';
      const ref = { id, attempt: attempt ?? (await attemptOf(id)) };
      const record = await journal.read(ref);
      assertSameRequest(record, id, request);
      const standing = standingOf(record);
      if (decision.decision !== 'adopt') assertStillUnknown(standing, id);
      else {
        assertNotAnother(standing, decision.trainingId);
        await assertAdoptable(id, request, decision.trainingId);
      }
      // Where an older release left no record, the decision makes one.
      await journal.begin({ kind: 'void', ...ref, atMs: Date.now() });
      await journal.decide(ref, settlementOf(decision));
      return { nextAttempt: ref.attempt + 1 };
    });

  async function attemptOf(id: string): Promise<number> {
    const earlier = await onRecord(journal, id);
    return earlier.is === 'sent' ? earlier.attempt : earlier.nextAttempt;
  }

  async function assertAdoptable(id: string, request: TrainRequest, trainingId: string): Promise<void> {
    const provider = providers.get(request.provider);
    const { account } = providers.account(request.provider);
    await assertStartedThere(provider, request, trainingId);
    const verdict = await look(provider, trainingId);
    if (verdict.verdict === 'gone')
      throw notAdoptable(`${provider.title} does not know the training ${trainingId}`);
    if (verdict.verdict === 'failed')
      throw notAdoptable(`The training ${trainingId} failed at ${provider.title}: ${verdict.words}`);
    const owner = await ownerOf(storage, { provider: request.provider, account, trainingId }, id);
    if (owner !== id) throw notAdoptable(`The training ${trainingId} belongs to ${owner}`);
  }

  /** Where a training uses something up, only that can be adopted, and only if it is used. */
  async function assertStartedThere(
    provider: Provider,
    request: TrainRequest,
    trainingId: string,
  ): Promise<void> {
    const resource = provider.resource(request);
    if (resource === null) return;
    if (!resource.endsWith(`/${trainingId}`))
      throw notAdoptable(`This request is for ${resource.replace('/', ' ')}, not for ${trainingId}`);
    const { verdict, words } = await provider.lookUp(
      { request, sentAtMs: 0, expectedCredits: 0, creditsBefore: null },
      cancellationSignal(),
    );
    if (verdict !== 'started') throw notAdoptable(`${provider.title} has not started it: ${words}`);
  }

  async function look(provider: Provider, trainingId: string): Promise<TrainingVerdict> {
    try {
      return await provider.check(trainingId, cancellationSignal());
    } catch (error) {
      if (error instanceof ProviderRefusedError) return { verdict: 'gone', words: error.words };
      throw error;
    }
  }
}

/** Its answer may have been recorded late; paying again for what is known would be a mistake. */
function assertStillUnknown(standing: Standing, id: string): void {
  if (standing.standing !== 'accepted') return;
  throw neverAgain(
    'NoDecisionNeeded',
    `Its record says by now that it was accepted as ${standing.trainingId}; type darkroom decide ${id} adopt ${standing.trainingId}`,
  );
}

function assertNotAnother(standing: Standing, trainingId: string): void {
  if (standing.standing !== 'accepted' || standing.trainingId === trainingId) return;
  throw notAdoptable(`Its submission was accepted as ${standing.trainingId}, not as ${trainingId}`);
}

function notAdoptable(why: string) {
  return neverAgain('NotAdoptable', `${why}; nothing was changed and nothing was sent`);
}

function settlementOf(decision: Decision): Settlement {
  const atMs = Date.now();
  switch (decision.decision) {
    case 'adopt':
      return { settled: 'adopt', trainingId: decision.trainingId, atMs };
    case 'retry':
      return { settled: 'retry', atMs };
    case 'abandon':
      return { settled: 'abandon', atMs };
  }
}
