import type { Delivery } from './delivery';

/** What the gateway has told one training about one attempt. Instants are Unix milliseconds. */
export interface Told {
  /** How many signals, and when the last. */
  signals: number;
  atMs: number;
  percent: number;
  /** How many of them because of an end, in a row. */
  ends: number;
  isGone: boolean;
}

export const NOTHING_TOLD: Told = { signals: 0, atMs: 0, percent: 0, ends: 0, isGone: false };

/** A signal leads to a look, which costs 12 events; four for progress are what a training can spare. */
const PERCENT_STEP = 25;
const PROGRESS_EVERY_MS = 60_000;
/** The look that an end leads to is made within a second or so. Where the training still waits, the next delivery is worth another one. */
const END_AGAIN_MS = 30_000;
const MAX_END_AGAIN_MS = 600_000;

/** Pure: whether Temporal should hear of this delivery, or has heard enough from those before it. */
export function isWorthASignal(told: Told, { says, percent }: Delivery, nowMs: number): boolean {
  if (told.signals === 0) return true; // where the submission has an unknown outcome, it is the proof
  if (says === 'ended')
    return (
      told.ends === 0 ||
      nowMs - told.atMs >= Math.min(END_AGAIN_MS * 2 ** Math.min(told.ends - 1, 10), MAX_END_AGAIN_MS)
    );
  if (says === 'nothing' || percent === null) return false;
  return Math.abs(percent - told.percent) >= PERCENT_STEP && nowMs - told.atMs >= PROGRESS_EVERY_MS;
}

/** What has been told afterwards. */
export function afterSignal(told: Told, { says, percent }: Delivery, nowMs: number): Told {
  return {
    signals: told.signals + 1,
    atMs: nowMs,
    percent: percent ?? told.percent,
    ends: says === 'ended' ? told.ends + 1 : 0,
    isGone: false,
  };
}
