import type { TrainRequest } from '../contract/request';
import * as activities from './activities';
import { introduce } from './enter-state';
import type { TrainingRun } from './training-run';

/** Has the request checked and the provider's facts read, once; a run that continues has its plan already. */
export async function planTraining(run: TrainingRun, request: TrainRequest): Promise<void> {
  const { progress } = run;
  if (progress.plan !== null) return;
  const plan = await activities.planTraining(request);
  progress.plan = plan;
  progress.deadlineAtMs = Date.now() + plan.deadlineMs;
  introduce(run);
}
