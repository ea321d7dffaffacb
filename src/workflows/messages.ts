import { defineQuery, defineSignal } from '@temporalio/workflow';
import { NUDGE_SIGNAL, STATUS_QUERY } from '../contract/names';
import type { TrainStatus } from '../contract/status';

export const statusQuery = defineQuery<TrainStatus>(STATUS_QUERY);
/** "Look now": a hint that something happened. It carries nothing, because the poll that it causes is the truth. */
export const nudgeSignal = defineSignal(NUDGE_SIGNAL);
