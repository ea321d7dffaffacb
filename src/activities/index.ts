import { checkTraining } from './check-training';
import { checkUpload } from './check-upload';
import { normalizePhotos, preparePhotos } from './prepare-photos';
import { planTraining } from './plan-training';
import type { ActivityPorts } from './ports';
import { readBatchPage } from './read-batch-page';
import { checkBudget } from './check-budget';
import { gatherRows } from './gather-rows';
import { seeRows } from './see-rows';
import { keepLedger } from './keep-ledger';
import { lookAtAccount } from './look-at-account';
import { recoverAccount } from './recover-account';
import { tellAccount } from './tell-account';
import { findOnRecord } from './find-on-record';
import { findFreeRows } from './find-free-rows';
import { collectResults } from './collect-results';
import { decideSubmission, type DecisionOrder } from './decide-submission';
import { lookUpSubmission, type LookUpOrder } from './look-up-submission';
import { submitOnRecord } from './submit-on-record';
import { sendCallback } from './send-callback';
import { startWatcher } from './start-watcher';
import { uploadPhotos } from './upload-photos';
import { watchTrainings } from './watch-trainings';

/** Run on the queue `darkroom`: short, mostly waiting for the network; but for the watcher, which stops when `stopping` says so. */
export function trainingActivities(ports: ActivityPorts, stopping: AbortSignal) {
  const ensureWatched = startWatcher(ports);
  const lookUp = lookUpSubmission(ports);
  const decide = decideSubmission(ports);
  return {
    planTraining: planTraining(ports),
    uploadPhotos: uploadPhotos(ports),
    checkUpload: checkUpload(ports),
    submitOnRecord: submitOnRecord(ports, ensureWatched),
    /** The same under the name that trainings begun by 0.1.0 call it by. */
    submitTraining: submitOnRecord(ports, ensureWatched),
    async lookUpSubmission(order: LookUpOrder) {
      const finding = await lookUp(order);
      if (finding.finding === 'started') await ensureWatched(order.request.provider);
      return finding;
    },
    async decideSubmission(order: DecisionOrder) {
      const decided = await decide(order);
      if (order.decision.decision === 'adopt') await ensureWatched(order.request.provider);
      return decided;
    },
    findOnRecord: findOnRecord(ports),
    checkTraining: checkTraining(ports, ensureWatched),
    watchTrainings: watchTrainings(ports, stopping),
    collectResults: collectResults(ports),
    sendCallback: sendCallback(ports),
    readBatchPage: readBatchPage(ports),
    seeRows: seeRows(),
    tellAccount: tellAccount(),
    lookAtAccount: lookAtAccount(ports),
    recoverAccount: recoverAccount(ports),
    keepLedger: keepLedger(ports),
    gatherRows: gatherRows(ports),
    checkBudget: checkBudget(ports),
    findFreeRows: findFreeRows(),
  };
}

/** Run on the queue `darkroom-photos`, so that decoding can have processes, memory and limits of its own. */
export function photoActivities(ports: ActivityPorts) {
  return { preparePhotos: preparePhotos(ports), normalizePhotos: normalizePhotos(ports) };
}

export type TrainingActivities = ReturnType<typeof trainingActivities>;
export type PhotoActivities = ReturnType<typeof photoActivities>;
