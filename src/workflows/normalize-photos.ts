import { assertNever } from '../contract/assert-never';
import type { PhotoVerdict } from '../contract/photo';
import * as activities from './activities';
import { enterState } from './enter-state';
import { decideGate } from './photo-gate';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** A verdict on each photo, then the gate: with too few or too many good ones nothing is uploaded and nothing paid. */
export async function normalizePhotos(run: TrainingRun): Promise<void> {
  const { request, facts } = planOf(run);
  if (run.progress.photos.length > 0) return; // continued: they are done
  if (run.progress.trainingId !== null) return; // adopted
  if (run.progress.isSentBefore) return; // they were good enough, and may be gone
  enterState(run, 'normalizing');
  const verdicts = await preparedPhotos(run);
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

async function preparedPhotos(run: TrainingRun): Promise<PhotoVerdict[]> {
  const { request, facts, storeId = null, photoPolicy } = planOf(run);
  const { photos, maxPhotos = null } = request;
  const options = { activityId: 'normalize', summary: `${photos.length} photos` };
  if (photoPolicy === undefined)
    return activities.normalizePhotos.executeWithOptions(options, [photos, storeId]);
  const creditsPerPhoto = facts.trainingCreditsPerPhoto;
  const prepared = await activities.preparePhotos.executeWithOptions(options, [
    { photos, storeId, policy: photoPolicy, maxPhotos, creditsPerPhoto },
  ]);
  run.progress.photoSummary = {
    advice: prepared.advice,
    creditsSaved: prepared.creditsSaved,
    notices: prepared.notices,
    report: prepared.report,
  };
  return prepared.photos;
}
