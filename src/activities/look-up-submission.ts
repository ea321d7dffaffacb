import { activityInfo, cancellationSignal } from '@temporalio/activity';
import type { Evidence } from '../contract/evidence';
import type { TrainRequest } from '../contract/request';
import { faultPoint } from '../fault-points';
import { isProviderError } from '../providers/errors';
import type { LookUpVerdict, Provider } from '../providers/port';
import { accountCalls } from '../submissions/account-calls';
import type { Intent, Settlement } from '../submissions/entries';
import { submissionJournal, type AttemptRef } from '../submissions/journal';
import { standingOf, type Standing } from '../submissions/standing';
import { ownerOf } from '../submissions/training-owners';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';
import { assertSameRequest } from './same-request';
import { namedByEvidence } from './submission-evidence';

export interface LookUpOrder {
  request: TrainRequest;
  attempt: number;
  storeId: string;
  evidence: readonly Evidence[];
}

/** What is known of one attempt now. */
export type Finding =
  | { finding: 'started'; trainingId: string }
  | { finding: 'not-started'; words: string }
  /** A person gave it up, in an earlier run under this id. */
  | { finding: 'abandoned' }
  /**
   * Nothing is certain. Proof may still come until `untilMs`, by the worker's clock; null: no more. `hasStarted`: only the
   * training's id is missing.
   */
  | { finding: 'no-proof'; words: string; untilMs: number | null; hasStarted: boolean };

/** Finds out what became of an attempt, from its record, from evidence that came in, and from the provider. */
export function lookUpSubmission({ storage, providers, submission }: ActivityPorts) {
  const journal = submissionJournal(storage);
  return (order: LookUpOrder): Promise<Finding> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => ({ attempt: order.attempt }),
        () => lookUp(order),
      ),
    );

  async function lookUp({ request, attempt, storeId, evidence }: LookUpOrder): Promise<Finding> {
    await assertOwnStore(storage, storeId);
    const ref = { id: activityInfo().workflowExecution?.workflowId ?? '', attempt };
    // Where there is no record nothing was sent, and from here on nothing can be: the place is taken.
    faultPoint('before-void');
    await journal.begin({ kind: 'void', ...ref, atMs: Date.now() });
    const record = await journal.read(ref);
    assertSameRequest(record, ref.id, request);
    const standing = standingOf(record);
    if (standing.standing !== 'unknown') return settled(standing);
    const { intent } = standing;
    if (intent === null) return noProof('the record of the submission cannot be read');

    const provider = providers.get(request.provider);
    const named = await namedByEvidence(
      { provider, intent, isOwn: (trainingId) => isOwn(intent, trainingId) },
      evidence,
    );
    if (named.trainingId !== null)
      return settle(ref, {
        settled: 'found',
        trainingId: named.trainingId,
        words: 'a delivery named it',
        atMs: Date.now(),
      });

    const asked = await ask(provider, request, intent);
    const { verdict, words } = asked;
    if (asked.verdict === 'started' && asked.trainingId !== null && (await isOwn(intent, asked.trainingId)))
      return settle(ref, { settled: 'found', trainingId: asked.trainingId, words, atMs: Date.now() });
    const windowMs = submission.lookUpWindowMs ?? provider.facts.lookUpWindowMs;
    const untilMs = proofUntilMs({ windowMs, intent, verdict, hasOutcome: standing.hasOutcome });
    const isOver = Date.now() >= untilMs;
    if (verdict === 'not-seen' && isOver && !named.isUnchecked)
      return settle(ref, { settled: 'not-started', words, atMs: Date.now() });
    return {
      finding: 'no-proof',
      words: named.isUnchecked ? `${words}; what a delivery named could not be checked` : words,
      untilMs: isOver ? null : untilMs,
      hasStarted: verdict === 'started',
    };
  }

  /** The first one to say so owns it. */
  async function isOwn({ id, provider, account }: Intent, trainingId: string): Promise<boolean> {
    return (await ownerOf(storage, { provider, account, trainingId }, id)) === id;
  }

  /** Written down before it is acted upon; where somebody was faster, what they wrote counts. */
  async function settle(ref: AttemptRef, settlement: Settlement): Promise<Finding> {
    await journal.settle(ref, settlement);
    faultPoint('after-settlement-before-return');
    return settled(await journal.standing(ref));
  }

  async function ask(provider: Provider, request: TrainRequest, intent: Intent): Promise<Asked> {
    const { atMs: sentAtMs, expectedCredits, creditsBefore } = intent;
    const attempt = { request, sentAtMs, expectedCredits };
    const signal = cancellationSignal();
    try {
      const found = await provider.lookUp({ ...attempt, creditsBefore }, signal);
      // Asked after the balance was read, so that no call can have moved it unseen.
      if (creditsBefore === null || !(await wasMovedByOthers(intent))) return found;
      return await provider.lookUp({ ...attempt, creditsBefore: null }, signal);
    } catch (error) {
      if (!isProviderError(error)) throw error;
      return { verdict: 'no-answer', words: error.message };
    }
  }

  function wasMovedByOthers({ provider, account, call, atMs }: Intent): Promise<boolean> {
    return accountCalls(storage, provider, account).hadOthers({ name: call ?? '', sinceMs: atMs });
  }
}

type Asked = LookUpVerdict | { verdict: 'no-answer'; words: string };

/** Until when something may still turn up: the activity that sends, a delivery, a change at the provider. */
function proofUntilMs(facts: {
  windowMs: number;
  intent: Intent;
  verdict: Asked['verdict'];
  hasOutcome: boolean;
}): number {
  const { windowMs, intent, verdict, hasOutcome } = facts;
  const windowEndMs = intent.atMs + windowMs;
  return Math.max(
    hasOutcome ? 0 : intent.overAtMs,
    intent.webhookSecret !== null || verdict === 'not-seen' || verdict === 'no-answer' ? windowEndMs : 0,
  );
}

function settled(standing: Standing): Finding {
  switch (standing.standing) {
    case 'accepted':
      return { finding: 'started', trainingId: standing.trainingId };
    case 'free':
      return { finding: 'not-started', words: standing.words };
    case 'abandoned':
      return { finding: 'abandoned' };
    case 'absent':
    case 'unknown':
      return noProof('its record was changed meanwhile');
  }
}

function noProof(words: string): Finding {
  return { finding: 'no-proof', words, untilMs: null, hasStarted: false };
}
