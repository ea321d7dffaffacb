import type { PastDurations } from '../contract/past-durations';
import { likelyEndMs, longestKnownMs } from './past-trainings';
import { remainingMsBy, type PercentTrack } from './percent-track';

export interface PollMoment {
  nowMs: number;
  /** When the provider accepted what is being waited for. */
  sinceMs: number;
  /** Looks of the schedule itself so far; those that a nudge caused do not count. */
  ownPolls: number;
  /** Null where the provider has told none. */
  percent: PercentTrack | null;
  /** Null where too few trainings of the account are known. */
  past: PastDurations | null;
  failuresInARow: number;
  /** What the provider asked for; null where it asked for nothing. */
  retryAfterMs: number | null;
  /** It has said "failed", and one more look is to confirm that. */
  isConfirming: boolean;
  /** Until the deadline. */
  remainingMs: number;
  pacing: { firstPollMs: number; maxPollMs: number };
}

/** What a provider has told before it was asked. */
export const NOTHING_KNOWN = {
  ownPolls: 0,
  percent: null,
  past: null,
  failuresInARow: 0,
  retryAfterMs: null,
  isConfirming: false,
} as const;

/** For a look that makes up for one that failed, or confirms a failure. */
const SOON_MS = 15_000;
/** Of the time waited so far, where nothing else is known: 24 looks reach two hours, and the end is found late by this share. */
const SHARE_OF_ELAPSED = 0.3;
/** With past trainings known: the chance that it has ended since the last look. Twenty looks go from the first of them to the last. */
const CHANCE = 0.2;
/** Besides one for each `maxPollMs`, and one that confirms a failure, so that a day costs at most 48 looks and its history stays below 600 events. */
const FREE_POLLS = 22;
/** One last look, early enough that its answer counts before the deadline. */
const LAST_LOOK_BEFORE_DEADLINE_MS = 10_000;

/**
 * How long to wait until the workflow looks by itself, in milliseconds. Pure. Between `firstPollMs` and `maxPollMs`, except
 * where the provider asks for more, a look is made up for, the looks of the day are used up, or the deadline leaves less.
 */
export function pollDelayMs(moment: PollMoment): number {
  const wanted = isHasty(moment) ? soonMs(moment) : Math.max(wantedMs(moment), withinBudgetMs(moment));
  const allowed = Math.max(wanted, moment.retryAfterMs ?? 0);
  return Math.max(Math.round(Math.min(allowed, lastLookMs(moment))), 1);
}

/** One that goes without an answer is no longer hasty: a provider that has forgotten the training would be asked for ever. */
function isHasty({ isConfirming, failuresInARow }: PollMoment): boolean {
  return isConfirming && failuresInARow === 0;
}

function soonMs({ pacing }: PollMoment): number {
  return Math.min(SOON_MS, pacing.firstPollMs);
}

function wantedMs(moment: PollMoment): number {
  const { failuresInARow, pacing } = moment;
  if (failuresInARow === 0) return clamp(untilExpectedEnd(moment), pacing);
  // What a look would have told is still unknown, so the next one comes soon; a provider that is down is left alone.
  return Math.min(soonMs(moment) * 2 ** Math.min(failuresInARow - 1, 20), pacing.maxPollMs);
}

function untilExpectedEnd(moment: PollMoment): number {
  return byPercent(moment) ?? byPast(moment) ?? (moment.nowMs - moment.sinceMs) * SHARE_OF_ELAPSED;
}

/** Half of what seems to be left, so that the looks come closer together; a percentage that is stuck is waited for with patience. */
function byPercent({ percent, nowMs }: PollMoment): number | null {
  const leftMs = percent && remainingMsBy(percent, nowMs);
  if (percent === null || leftMs === null) return null;
  return Math.max(leftMs / 2, (nowMs - percent.changedAtMs) * SHARE_OF_ELAPSED);
}

/** Close together where past trainings ended, and further and further apart behind the last of them. */
function byPast({ past, nowMs, sinceMs }: PollMoment): number | null {
  if (past === null) return null;
  const elapsedMs = nowMs - sinceMs;
  const likelyMs = likelyEndMs(past, elapsedMs, CHANCE);
  if (likelyMs !== Infinity) return likelyMs - elapsedMs;
  const longestMs = longestKnownMs(past);
  return Math.max(elapsedMs - longestMs, longestMs / 10) * SHARE_OF_ELAPSED;
}

/** Whatever percentages and failures suggest: no more looks than this in the time so far. */
function withinBudgetMs({ ownPolls, nowMs, sinceMs, pacing }: PollMoment): number {
  return (ownPolls + 1 - FREE_POLLS) * pacing.maxPollMs - (nowMs - sinceMs);
}

/** A wait that would reach past the deadline is cut so that one more look fits in before it, and the one that confirms what it said. */
function lastLookMs(moment: PollMoment): number {
  const { remainingMs, pacing } = moment;
  if (isHasty(moment)) return remainingMs / 2;
  const margin = Math.min(LAST_LOOK_BEFORE_DEADLINE_MS, pacing.firstPollMs);
  return remainingMs > margin ? remainingMs - margin : remainingMs + margin;
}

function clamp(ms: number, { firstPollMs, maxPollMs }: PollMoment['pacing']): number {
  return Math.min(Math.max(ms, firstPollMs), maxPollMs);
}
