import * as activities from './activities';
import { settleFound } from './credits';
import { planOf, type TrainingRun } from './training-run';

/**
 * Where the request names a training that the provider has started already: takes it over, after a look at the provider,
 * so that the steps up to the submission have nothing left to do.
 */
export async function adoptTraining(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { request, storeId } = planOf(run);
  if (request.adopt === undefined || progress.trainingId !== null) return;
  const { nextAttempt } = await activities.decideSubmission.executeWithOptions({ summary: 'adopt' }, [
    {
      request,
      decision: { decision: 'adopt', trainingId: request.adopt },
      attempt: null,
      storeId: storeId ?? null,
    },
  ]);
  progress.attempt = nextAttempt - 1;
  settleFound(run, request.adopt);
}
