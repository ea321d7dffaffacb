import type { Glimpse } from '../providers/port';
import type { Watched } from './watched';

/** Of the time that seems to be left: close to the end the looks are as close together as they may be. */
const SHARE_OF_REST = 0.1;
/** However far the end seems: percentages jump, and somebody may be watching them. */
export const MAX_INTERVALS = 4;

/**
 * How long one training need not be looked at again, in milliseconds. Pure. One interval of the watcher where the end is near or nothing is
 * known of it, up to four while its percentage says that it is far.
 */
export function untilNextGlanceMs(
  { sinceMs }: Pick<Watched, 'sinceMs'>,
  glimpse: Glimpse | undefined,
  { nowMs, intervalMs }: { nowMs: number; intervalMs: number },
): number {
  const longestMs = MAX_INTERVALS * intervalMs;
  if (glimpse === undefined) return longestMs; // not in the answer: perhaps forgotten for good
  if (glimpse.glimpse === 'ended' || glimpse.percent === null) return intervalMs;
  const percent = Math.max(glimpse.percent, 0.1);
  const restMs = ((nowMs - sinceMs) * (100 - percent)) / percent;
  return Math.min(Math.max(restMs * SHARE_OF_REST, intervalMs), longestMs);
}
