import type { ActivityOptions, LocalActivityOptions } from '@temporalio/workflow';
import { PHOTOS_TASK_QUEUE } from '../contract/names';
import { AT_ONCE, HEARTBEAT } from './activity-bounds';

/**
 * Two bounds for each activity, one try and all tries, and the reason. The bounds on all tries are long, because the
 * deadline of the training ends every step anyway; what they guard against is a run without any end.
 */

/** Pure: it parses the request and copies settings. Local, because a queue round trip would cost five events. */
export const PLAN_TRAINING: LocalActivityOptions = {
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '1m',
};

/** 100 photos on one core, a third of them of the kind that takes a minute to be given up. Repeated without loss: finished photos are on record. */
export const NORMALIZE_PHOTOS: ActivityOptions = {
  ...AT_ONCE,
  taskQueue: PHOTOS_TASK_QUEUE,
  startToCloseTimeout: '35m',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** Just over the 5 min that the request itself may take. A second upload costs 2 credits, a lost training 40. */
export const UPLOAD_PHOTOS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '6m',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '2s', maximumInterval: '2m' },
};

/** A read of 20 s at most, free to repeat while the provider is away. */
export const CHECK_UPLOAD: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};

/**
 * One attempt: a second one could buy a second training. 5 min is longer than the 15 s for the record and the 4 min that
 * the request may take at most, so a slow acceptance is still read. All tries is long because the task may wait for a worker; it then looks at the
 * clock before it sends.
 */
export const SUBMIT_TRAINING: ActivityOptions = {
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { maximumAttempts: 1 },
  // A call that has begun is waited for, so that the id of what was paid is known; one that no worker has taken yet is
  // taken back by the server, which proves that nothing was sent.
  cancellationType: 'WAIT_CANCELLATION_COMPLETED',
};

/** A record and a few reads of 20 s. Free to repeat: while nothing is known, nothing is sent. */
export const LOOK_UP_SUBMISSION: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '90s',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** Some reads for each attempt of a run that is gone, and two weeks of a ledger. What was paid waits for it, so it is tried for long. */
export const FIND_ON_RECORD: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '1h',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** A read of 20 s and a record. A person waits for the answer, so it is not tried for long. */
export const DECIDE_SUBMISSION: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
};

/** A read of 20 s at most. Repeated only when a worker dies with it: the next poll comes soon enough. */
export const CHECK_TRAINING: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '24h',
  retry: { maximumAttempts: 3, initialInterval: '1s' },
};

/** Hundreds of pictures of some MB. Until the deadline: what is paid for must not be left there. */
export const COLLECT_RESULTS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '30m',
  scheduleToCloseTimeout: '48h',
  heartbeatTimeout: '90s',
  retry: { initialInterval: '2s', maximumInterval: '2m' },
};

/** 20 s for the answer. Over a day, first within seconds, as who restarts is soon back; 40 tries or so. */
export const SEND_CALLBACK: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', maximumInterval: '1h' },
};

/** A turn of an hour, what a slow take-over needs, and the hour that a provider's Retry-After may be; tried again whenever a worker dies with it, or none is there. */
export const WATCH_TRAININGS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '3h',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '1s', maximumInterval: '10s' },
};

/** A call to Temporal. Until the training is canceled: it cannot go on without. */
export const ASK_ACCOUNT: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '30d',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** The same in passing: what is not told is found by the account within minutes. */
export const TELL_ACCOUNT: ActivityOptions = {
  startToCloseTimeout: '10s',
  scheduleToCloseTimeout: '2m',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** A file, a balance of 10 s, and two hundred looks at Temporal. The next look comes in a minute anyway. */
export const LOOK_AT_ACCOUNT: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '3m',
  scheduleToCloseTimeout: '5m',
  // One whose records have to be read may take some seconds.
  heartbeatTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** Two weeks of a ledger. Without it nobody knows what may be spent, so it is tried until the store is there. */
export const RECOVER_ACCOUNT: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '1h',
  heartbeatTimeout: HEARTBEAT,
  scheduleToCloseTimeout: '7d',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};

/** A few files. The lines are kept in the workflow until they are there. */
export const KEEP_LEDGER: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '1m',
  scheduleToCloseTimeout: '7d',
  retry: { initialInterval: '1s', maximumInterval: '1m' },
};
