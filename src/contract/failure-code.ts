/**
 * The machine names of everything that can end a training badly. Each is a Temporal failure `type` and a row of
 * `docs/failures.md`; a test keeps the two equal.
 */
export const FAILURE_CODES = [
  'InvalidRequest',
  'CallbackNotAllowed',
  'ProviderNotConfigured',
  'ProviderKeyRejected',
  'ProviderRefused',
  'ProviderUnavailable',
  'StoreUnavailable',
  'OverBudget',
  'TooFewPhotos',
  'TooManyPhotos',
  'UploadFailed',
  'UploadKeptExpiring',
  'TrainingFailed',
  'DeadlinePassed',
  'IdTaken',
  'DuplicateTraining',
  'OtherStore',
  'ModelTaken',
  'StyleExpired',
  'NotAdoptable',
  'NoDecisionNeeded',
  'Abandoned',
  'CallbackFailed',
  'RowsFailed',
  'StepFailed',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];
