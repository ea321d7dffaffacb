export interface PollMoment {
  /** Since the provider accepted what is being waited for. */
  elapsedMs: number;
  /** 0 to 100 as the provider says; null where it says nothing. */
  percent: number | null;
  failuresInARow: number;
  /** What the provider asked for; null where it asked for nothing. */
  retryAfterMs: number | null;
  /** Until the deadline. */
  remainingMs: number;
  pacing: { firstPollMs: number; maxPollMs: number };
}

/** Waiting a tenth of the time already waited finds the end late by a tenth at most, with few polls. */
const SHARE_OF_ELAPSED = 0.1;
/** One last look, early enough that its answer counts before the deadline. */
const LAST_LOOK_BEFORE_DEADLINE_MS = 10_000;

/**
 * How long to wait until the next poll, in milliseconds. Pure, and bounded by `firstPollMs` and `maxPollMs` except
 * where the provider asks for more or the deadline leaves less.
 */
export function pollDelayMs(moment: PollMoment): number {
  const { elapsedMs, failuresInARow, retryAfterMs, remainingMs, pacing } = moment;
  const usual = Math.min(elapsedMs * SHARE_OF_ELAPSED, untilExpectedEnd(moment));
  const patient = clamp(usual, pacing) * 2 ** Math.min(failuresInARow, 20);
  const wanted = Math.max(clamp(patient, pacing), retryAfterMs ?? 0);
  return Math.max(Math.round(Math.min(wanted, lastLook(remainingMs, pacing.firstPollMs))), 1);
}

/** Near the end the percent says when: half of what seems to be left, so that the looks come closer together. */
function untilExpectedEnd({ elapsedMs, percent }: PollMoment): number {
  if (percent === null || percent <= 0) return Infinity;
  return ((elapsedMs / percent) * (100 - percent)) / 2;
}

/** A wait that would reach past the deadline is cut so that one more look fits in before it. */
function lastLook(remainingMs: number, firstPollMs: number): number {
  const margin = Math.min(LAST_LOOK_BEFORE_DEADLINE_MS, firstPollMs);
  return remainingMs > margin ? remainingMs - margin : remainingMs + margin;
}

function clamp(ms: number, { firstPollMs, maxPollMs }: PollMoment['pacing']): number {
  return Math.min(Math.max(ms, firstPollMs), maxPollMs);
}
