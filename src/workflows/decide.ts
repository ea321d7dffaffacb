import { setHandler } from '@temporalio/workflow';
import type { Decision } from '../contract/decision';
import { neverAgain } from '../failures';
import * as activities from './activities';
import { decideUpdate } from './messages';
import type { TrainingRun } from './training-run';

/**
 * Takes the update `decide`. It is refused where nothing is to be decided, and only answered when the decision stands in
 * the record of the submission.
 */
export function takeDecisions(run: TrainingRun): void {
  const { progress } = run;
  setHandler(
    decideUpdate,
    async (decision) => {
      const { plan, attempt } = progress;
      if (plan === null) throw notNeeded(run);
      progress.isDeciding = true;
      try {
        await activities.decideSubmission.executeWithOptions({ summary: decision.decision }, [
          { request: plan.request, decision, attempt, storeId: plan.storeId ?? null },
        ]);
        if (progress.state !== 'needs-decision') throw notNeeded(run);
        progress.decision = decision;
        return undefined;
      } finally {
        progress.isDeciding = false;
      }
    },
    {
      validator: (decision) => assertDecidable(run, decision),
      description:
        'adopt a training, submit again, or give up, where the outcome of a submission is unknown.',
    },
  );
}

function assertDecidable(run: TrainingRun, decision: unknown): void {
  const { state, isDeciding, isLookingUp } = run.progress;
  if (state !== 'needs-decision') throw notNeeded(run);
  if (isLookingUp) throw neverAgain('NoDecisionNeeded', 'It is being looked up just now; look again');
  if (isDeciding) throw neverAgain('NoDecisionNeeded', 'Another decision is being written down; look again');
  if (!isDecision(decision)) {
    throw neverAgain(
      'InvalidRequest',
      'A decision is {decision: "adopt", trainingId}, {decision: "retry", acceptSecondCharge: true} (the first submission may have been charged already) or {decision: "abandon"}',
    );
  }
}

function notNeeded({ id, progress }: TrainingRun): Error {
  return neverAgain('NoDecisionNeeded', `The training ${id} needs no decision, it is ${progress.state}`);
}

/** Whatever another service sent must not break the workflow, so each field is looked at. */
function isDecision(given: unknown): given is Decision {
  const { decision, trainingId, acceptSecondCharge } = (given ?? {}) as Record<string, unknown>;
  switch (decision) {
    case 'adopt':
      return typeof trainingId === 'string' && /^[\x21-\x7e]{1,200}$/.test(trainingId);
    case 'retry':
      return acceptSecondCharge === true;
    case 'abandon':
      return true;
    default:
      return false;
  }
}
