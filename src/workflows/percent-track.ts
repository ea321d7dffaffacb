/** What the percentages told so far say about speed. Instants are Unix milliseconds. */
export interface PercentTrack {
  /** 0 to 100, as last told. */
  percent: number;
  /** Since when it has been that: a percentage that does not move says nothing about the end. */
  changedAtMs: number;
  /** Where this stretch of rising percentages began. */
  from: { percent: number; atMs: number };
}

/**
 * Adds an observation. Where none was told the earlier ones stand; one that falls, as after a restart of the training,
 * begins a new stretch, because the old speed would put the end into the past.
 */
export function trackPercent(
  track: PercentTrack | null,
  percent: number | null,
  { nowMs, sinceMs }: { nowMs: number; sinceMs: number },
): PercentTrack | null {
  if (percent === null) return track;
  if (track === null) return { percent, changedAtMs: nowMs, from: { percent: 0, atMs: sinceMs } };
  if (percent === track.percent) return track;
  if (percent < track.percent) return { percent, changedAtMs: nowMs, from: { percent, atMs: nowMs } };
  return { ...track, percent, changedAtMs: nowMs };
}

/** How long until 100 at the speed of this stretch, from `nowMs`; 0 where that is over, null where no speed is known. */
export function remainingMsBy({ percent, changedAtMs, from }: PercentTrack, nowMs: number): number | null {
  const gained = percent - from.percent;
  const tookMs = changedAtMs - from.atMs;
  if (gained <= 0 || tookMs <= 0) return null;
  return Math.max(((100 - percent) * tookMs) / gained - (nowMs - changedAtMs), 0);
}
