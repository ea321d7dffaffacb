export { FAILURE_CODES, type FailureCode } from './failure-code';
export type { Callback } from './callback';
export { callbackSchema } from './callback-schema';
export type { Decision } from './decision';
export type { Evidence } from './evidence';
export { CROPS, GATES, GATE_LEVELS, type Crop, type Gate, type GateLevel } from './gates';
export {
  DECIDE_UPDATE,
  EVIDENCE_SIGNAL,
  NUDGE_SIGNAL,
  PHOTOS_TASK_QUEUE,
  SEARCH_ATTRIBUTES,
  STATUS_QUERY,
  TRAINING_TASK_QUEUE,
  TRAIN_PERSON_WORKFLOW,
} from './names';
export { PHOTO_REASONS, type PhotoReason, type PhotoRef, type PhotoVerdict } from './photo';
export type { ApiframeOptions, ProviderName, TrainRequest, TryitonOptions } from './request';
export { trainRequestSchema } from './request-schema';
export type { Charge, Credits, PhotoSummary, TrainResult } from './result';
export { trainResultSchema } from './result-schema';
export {
  ACTIVE_STATES,
  END_STATES,
  isEndState,
  type ActiveState,
  type EndState,
  type TrainingState,
} from './state';
export type { TrainStatus } from './status';
export { trainStatusSchema } from './status-schema';
export { contractSchemas } from './json-schemas';
