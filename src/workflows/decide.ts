import { setHandler } from '@temporalio/workflow';
import { neverAgain } from '../failures';
import * as activities from './activities';
import { DECISIONS_AS_JSON, decisionProblem } from './decision-problem';
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
      description: `Where the outcome of a submission is unknown: it is there, submit again, or give up. One of ${Object.values(DECISIONS_AS_JSON).join(' · ')}`,
    },
  );
}

function assertDecidable(run: TrainingRun, decision: unknown): void {
  const { state, isDeciding, isLookingUp } = run.progress;
  if (state !== 'needs-decision') throw notNeeded(run);
  if (isLookingUp) throw neverAgain('NoDecisionNeeded', 'It is being looked up just now; look again');
  if (isDeciding) throw neverAgain('NoDecisionNeeded', 'Another decision is being written down; look again');
  const problem = decisionProblem(decision);
  if (problem !== null) throw neverAgain('InvalidRequest', problem);
}

function notNeeded({ id, progress }: TrainingRun): Error {
  return neverAgain('NoDecisionNeeded', `The training ${id} needs no decision, it is ${progress.state}`);
}
