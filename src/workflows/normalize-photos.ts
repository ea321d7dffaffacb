import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { decideGate } from './photo-gate';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** A verdict on each photo, then the gate: with too few or too many good ones nothing is uploaded and nothing paid. */
export async function normalizePhotos(run: TrainingRun): Promise<void> {
  const { request, facts, storeId } = planOf(run);
  if (run.progress.photos.length > 0) return; // continued: they are done
  if (run.progress.trainingId !== null) return; // adopted
  const summary = `${request.photos.length} photos`;
  const verdicts = await activities.normalizePhotos.executeWithOptions({ activityId: 'normalize', summary }, [
    request.photos,
    storeId ?? null,
  ]);
  run.progress.photos = verdicts;
  const decision = decideGate(verdicts, facts, request.maxPhotos ?? null);
  switch (decision.gate) {
    case 'open':
      run.progress.photos = decision.photos;
      return;
    case 'too-few':
      throw stopped(run, 'TooFewPhotos', decision.message);
    case 'too-many':
      throw stopped(run, 'TooManyPhotos', decision.message);
    default:
      assertNever(decision);
  }
}
