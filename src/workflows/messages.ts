import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { AccountAnswer } from '../contract/account';
import type { Decision } from '../contract/decision';
import type { Evidence } from '../contract/evidence';
import {
  DECIDE_UPDATE,
  EVIDENCE_SIGNAL,
  NUDGE_SIGNAL,
  PLACE_SIGNAL,
  PROGRESS_SIGNAL,
  STATUS_QUERY,
  WAKE_SIGNAL,
} from '../contract/names';
import type { TrainStatus } from '../contract/status';

export const statusQuery = defineQuery<TrainStatus>(STATUS_QUERY);
/** "Look now": a hint that something happened. It carries nothing, because the poll that it causes is the truth. */
export const nudgeSignal = defineSignal(NUDGE_SIGNAL);
/** What the watcher saw of a training that runs on. Shown; the poll that ends the wait is another matter. */
export const progressSignal = defineSignal<[{ percent: number | null; word: string }]>(PROGRESS_SIGNAL);
/** A delivery on the webhook address of one attempt: it names the training that the attempt has started. */
export const evidenceSignal = defineSignal<[Evidence]>(EVIDENCE_SIGNAL);
/** Of the account that this training is on: a slot, a turn, or what it waits for. */
export const placeSignal = defineSignal<[AccountAnswer]>(PLACE_SIGNAL);
/** A person's answer about a submission whose outcome is unknown. Answered when it is on record. */
export const decideUpdate = defineUpdate<undefined, [Decision]>(DECIDE_UPDATE);
/** To the watcher: a training has just begun to wait. */
export const wakeSignal = defineSignal(WAKE_SIGNAL);
