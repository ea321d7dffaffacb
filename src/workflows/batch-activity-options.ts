import type { ActivityOptions } from '@temporalio/workflow';
import { AT_ONCE, HEARTBEAT } from './activity-bounds';

/** Of the activities of a batch, as `activity-options.ts` has those of a training. */

/** A read of the store, which may be away for a while; without it no row can be started. */
export const READ_BATCH_PAGE: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '2m',
  scheduleToCloseTimeout: '24h',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};

/** Five hundred looks at Temporal, some milliseconds each. */
export const SEE_ROWS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '24h',
  // One whose status has to be asked for takes 10 s.
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};

/** Thousands of folders: a list of each, and some looks at Temporal and the store. Safe to redo: what was found is kept under its content. */
export const GATHER_ROWS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '1h',
  scheduleToCloseTimeout: '24h',
  heartbeatTimeout: HEARTBEAT,
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};

/** Twenty looks at Temporal; without them nothing is tried again. */
export const FIND_FREE_ROWS: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '5m',
  scheduleToCloseTimeout: '24h',
  // A canceled one is asked for its status, which takes 10 s where no worker answers.
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};

/** Every page of a manifest, a balance of 10 s, and where that is too little, a list of thousands of trainings. */
export const CHECK_BUDGET: ActivityOptions = {
  ...AT_ONCE,
  startToCloseTimeout: '10m',
  scheduleToCloseTimeout: '24h',
  // A page of a slow bucket, or the balance.
  heartbeatTimeout: '1m',
  retry: { initialInterval: '2s', maximumInterval: '1m' },
};
