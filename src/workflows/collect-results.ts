import * as activities from './activities';
import { leavePlaceEarly } from './give-place-back';
import { planOf, type TrainingRun } from './training-run';

/** Where images are the result, not the training itself, they are copied before the provider deletes them. */
export async function collectResults(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { request, facts, storeId } = planOf(run);
  if (facts.result !== 'images') return;
  // Nothing is in flight there any more, and a download may be tried for hours.
  await leavePlaceEarly(run);
  const { results } = await activities.collectResults.executeWithOptions({ summary: 'results' }, [
    { provider: request.provider, trainingId: progress.trainingId ?? '', storeId: storeId ?? null },
  ]);
  progress.results = results;
}
