import type { TrainRequest } from '../contract/request';
import type { TrainResult } from '../contract/result';
import { adoptTraining } from './adopt-training';
import { collectResults } from './collect-results';
import { findOnRecord } from './find-on-record';
import { getPlace } from './get-place';
import { beginRun, type TrainingProgress } from './training-run';
import { normalizePhotos } from './normalize-photos';
import { planTraining } from './plan-training';
import { submitOnce } from './submit-once';
import { toItsEnd } from './to-its-end';
import { uploadPhotos } from './upload-photos';
import { waitForTraining } from './wait-for-training';
import { withinDeadline } from './within-deadline';

/**
 * One person's photos become one trained model, paid for once.
 *
 * @param request what the caller asks for; checked by the first step, so anything may arrive here
 * @param carried only for continue-as-new: how far the training is
 * @returns when the training succeeded; every other end fails (or cancels) the workflow, with the result in the details
 */
export async function trainPerson(request: TrainRequest, carried?: TrainingProgress): Promise<TrainResult> {
  const run = beginRun(request, carried); // handlers first: a nudge or a cancel may come early
  return toItsEnd(run, async () => {
    await planTraining(run, request); // ends here if the request is not one
    await withinDeadline(run, async () => {
      await findOnRecord(run); // what a run before has sent, whose history is gone
      await adoptTraining(run); // where the request names one that runs already
      await normalizePhotos(run); // a verdict on each; ends here if too few are good
      await getPlace(run); // where the account has limits
      await uploadPhotos(run); // safe to redo; expires
      await submitOnce(run); // accepted, adopted, or it ends here
      await waitForTraining(run); // timers, nudges, deadline
      await collectResults(run); // where images are the result
    });
  });
}
