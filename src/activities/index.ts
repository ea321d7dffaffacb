import { checkTraining } from './check-training';
import { checkUpload } from './check-upload';
import { normalizePhotos, preparePhotos } from './prepare-photos';
import { planTraining } from './plan-training';
import type { ActivityPorts } from './ports';
import { collectResults } from './collect-results';
import { decideSubmission } from './decide-submission';
import { lookUpSubmission } from './look-up-submission';
import { submitOnRecord } from './submit-on-record';
import { uploadPhotos } from './upload-photos';

/** Run on the queue `darkroom`: short, mostly waiting for the network. */
export function trainingActivities(ports: ActivityPorts) {
  return {
    planTraining: planTraining(ports),
    uploadPhotos: uploadPhotos(ports),
    checkUpload: checkUpload(ports),
    submitOnRecord: submitOnRecord(ports),
    /** The same under the name that trainings begun by 0.1.0 call it by. */
    submitTraining: submitOnRecord(ports),
    lookUpSubmission: lookUpSubmission(ports),
    decideSubmission: decideSubmission(ports),
    checkTraining: checkTraining(ports),
    collectResults: collectResults(ports),
  };
}

/** Run on the queue `darkroom-photos`, so that decoding can have processes, memory and limits of its own. */
export function photoActivities(ports: ActivityPorts) {
  return { preparePhotos: preparePhotos(ports), normalizePhotos: normalizePhotos(ports) };
}

export type TrainingActivities = ReturnType<typeof trainingActivities>;
export type PhotoActivities = ReturnType<typeof photoActivities>;
