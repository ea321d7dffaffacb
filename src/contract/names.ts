/** Names that cross processes. Other services type them by hand: changing one is a breaking change. */
export const TRAINING_TASK_QUEUE = 'darkroom';
export const PHOTOS_TASK_QUEUE = 'darkroom-photos';
export const TASK_QUEUES = [TRAINING_TASK_QUEUE, PHOTOS_TASK_QUEUE] as const;
export type TaskQueueName = (typeof TASK_QUEUES)[number];

export const PROVIDERS = ['apiframe', 'tryiton'] as const;

export const TRAIN_PERSON_WORKFLOW = 'trainPerson';
export const WATCH_ACCOUNT_WORKFLOW = 'watchAccount';
export const TRAIN_BATCH_WORKFLOW = 'trainBatch';
export const ACCOUNT_WORKFLOW = 'account';
export const CALL_BACK_WORKFLOW = 'callBack';
export const WAKE_SIGNAL = 'wake';
export const STATUS_QUERY = 'status';
export const NUDGE_SIGNAL = 'nudge';
export const PROGRESS_SIGNAL = 'progress';
export const EVIDENCE_SIGNAL = 'evidence';
export const DECIDE_UPDATE = 'decide';
export const BATCH_QUERY = 'batch';
export const BATCH_ROWS_QUERY = 'rows';
export const ROW_SIGNAL = 'row';
export const STEER_UPDATE = 'steer';
export const ACCOUNT_QUERY = 'account';
/** From trainings to their account, and back. */
export const ACCOUNT_SIGNAL = 'account';
export const PLACE_SIGNAL = 'place';

/**
 * Search attributes, registered in the namespace by `dev`, `demo` and `doctor --fix`. Temporal stores
 * them outside any encryption, so the subject is a pseudonym.
 */
export const SEARCH_ATTRIBUTES = {
  DarkroomState: 'Keyword',
  DarkroomProvider: 'Keyword',
  DarkroomSubject: 'Keyword',
  /** The provider's id of the training, and since when it is waited for. */
  DarkroomTraining: 'Keyword',
  DarkroomWaitingSince: 'Datetime',
  /** 0 to 100 as the provider says, in steps of ten or so. */
  DarkroomProgress: 'Int',
  /** Spent so far. */
  DarkroomCredits: 'Int',
  /** `no-answer`: the provider has not answered several looks in a row. */
  DarkroomTrouble: 'Keyword',
  /** When it will probably end, as it was when the percentage or the state was told last. */
  DarkroomExpectedEnd: 'Datetime',
  /** Of trainings that were started together: the id of their batch. */
  DarkroomBatch: 'Keyword',
} as const;
