import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { PhotoActivities, TrainingActivities } from '../activities';
import * as options from './activity-options';
import * as batchOptions from './batch-activity-options';

/** Every activity as workflow code may call it, each with its bounds. */
export const { planTraining } = proxyLocalActivities<TrainingActivities>(options.PLAN_TRAINING);
export const { preparePhotos, normalizePhotos } = proxyActivities<PhotoActivities>(options.NORMALIZE_PHOTOS);
export const { uploadPhotos } = proxyActivities<TrainingActivities>(options.UPLOAD_PHOTOS);
export const { checkUpload } = proxyActivities<TrainingActivities>(options.CHECK_UPLOAD);
export const { submitTraining, submitOnRecord } = proxyActivities<TrainingActivities>(
  options.SUBMIT_TRAINING,
);
export const { lookUpSubmission } = proxyActivities<TrainingActivities>(options.LOOK_UP_SUBMISSION);
export const { findOnRecord } = proxyActivities<TrainingActivities>(options.FIND_ON_RECORD);
export const { decideSubmission } = proxyActivities<TrainingActivities>(options.DECIDE_SUBMISSION);
export const { checkTraining } = proxyActivities<TrainingActivities>(options.CHECK_TRAINING);
export const { collectResults } = proxyActivities<TrainingActivities>(options.COLLECT_RESULTS);
export const { sendCallback } = proxyActivities<TrainingActivities>(options.SEND_CALLBACK);
export const { readBatchPage } = proxyActivities<TrainingActivities>(batchOptions.READ_BATCH_PAGE);
export const { seeRows } = proxyActivities<TrainingActivities>(batchOptions.SEE_ROWS);
export const { tellAccount: askAccount } = proxyActivities<TrainingActivities>(options.ASK_ACCOUNT);
export const { tellAccount } = proxyActivities<TrainingActivities>(options.TELL_ACCOUNT);
export const { lookAtAccount } = proxyActivities<TrainingActivities>(options.LOOK_AT_ACCOUNT);
export const { recoverAccount } = proxyActivities<TrainingActivities>(options.RECOVER_ACCOUNT);
export const { keepLedger } = proxyActivities<TrainingActivities>(options.KEEP_LEDGER);
export const { checkBudget } = proxyActivities<TrainingActivities>(batchOptions.CHECK_BUDGET);
export const { gatherRows } = proxyActivities<TrainingActivities>(batchOptions.GATHER_ROWS);
export const { findFreeRows } = proxyActivities<TrainingActivities>(batchOptions.FIND_FREE_ROWS);
export const { watchTrainings } = proxyActivities<TrainingActivities>(options.WATCH_TRAININGS);
