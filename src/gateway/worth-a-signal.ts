import { endAgainMs } from '../end-again';
import type { Delivery } from './delivery';

/** What the gateway has told one training about one attempt. Instants are Unix milliseconds. */
export interface Told {
  /** The trainings that were named, for a submission of unknown outcome. */
  trainingIds: readonly string[];
  /** How many signals, and when the last. */
  signals: number;
  atMs: number;
  percent: number;
  /** The last end that was told, how often in a row, and how often it was another one than before. */
  end: { word: Delivery['says']; times: number; flips: number } | null;
  /** Since when nobody waits. */
  goneAtMs: number | null;
}

export const NOTHING_TOLD: Told = {
  trainingIds: [],
  signals: 0,
  atMs: 0,
  percent: 0,
  end: null,
  goneAtMs: null,
};

/** A signal leads to a look, which costs 12 events; four for progress are what a training can spare. */
const PERCENT_STEP = 25;
const PROGRESS_EVERY_MS = 60_000;
/** "failed" may be followed by "retrying", and then by anything. */
const MAX_FLIPS = 4;
/** As many as a workflow keeps: one that is wrong must not hide one that is right. */
const MAX_TRAINING_IDS = 10;
/** Somebody may adopt the training, or start it again, and then wait by the same address. */
const GONE_FOR_MS = 30_000;

export function isGone({ goneAtMs }: Told, nowMs: number): boolean {
  return goneAtMs !== null && nowMs - goneAtMs < GONE_FOR_MS;
}

/** Pure: whether Temporal should hear of this delivery, or has heard enough from those before it. */
export function isWorthASignal(told: Told, delivery: Delivery, nowMs: number): boolean {
  const { says, percent } = delivery;
  if (told.signals === 0 || namesANewOne(told, delivery)) return true; // perhaps the proof that a submission has started
  switch (says) {
    case 'finished':
    case 'failed':
      return isWorthAsAnEnd(told, says, nowMs);
    case 'running':
      if (percent === null) return false;
      return Math.abs(percent - told.percent) >= PERCENT_STEP && nowMs - told.atMs >= PROGRESS_EVERY_MS;
    case 'nothing':
      return false;
  }
}

function namesANewOne({ trainingIds }: Told, { trainingId }: Delivery): boolean {
  return trainingId !== null && !trainingIds.includes(trainingId) && trainingIds.length < MAX_TRAINING_IDS;
}

function isWorthAsAnEnd({ end, atMs }: Told, word: Delivery['says'], nowMs: number): boolean {
  if (end === null || (end.word !== word && end.flips < MAX_FLIPS)) return true;
  return nowMs - atMs >= endAgainMs(end.times);
}

/** What has been told afterwards. */
export function afterSignal(told: Told, delivery: Delivery, nowMs: number): Told {
  const { trainingId, says, percent } = delivery;
  return {
    trainingIds:
      namesANewOne(told, delivery) && trainingId !== null
        ? [...told.trainingIds, trainingId]
        : told.trainingIds,
    signals: told.signals + 1,
    atMs: nowMs,
    percent: percent ?? told.percent,
    end: says === 'finished' || says === 'failed' ? nextEnd(told.end, says) : told.end,
    goneAtMs: null,
  };
}

function nextEnd(end: Told['end'], word: Delivery['says']): Told['end'] {
  if (end === null) return { word, times: 1, flips: 0 };
  return { word, times: end.times + 1, flips: end.flips + (end.word === word ? 0 : 1) };
}
