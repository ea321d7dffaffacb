/** Minutes; what a plan of an older release does not say. */
export const LOOK_UP_UNIT_MS = 60_000;

/** Lookups come 0, 1, 2, 5 and 10 units after the first one, then every 10: soon while a person may be waiting. */
const DELAYS = [1, 1, 3, 5] as const;
const LATER = 10;
/** While a person is waited for: up to an hour apart, so that a day costs some thirty lookups. */
const LATEST = 60;

/**
 * How long to wait after the lookup of this number before the next. Pure.
 *
 * @param tries lookups so far, from 1
 */
export function lookUpDelayMs(tries: number, unitMs: number): number {
  return (DELAYS[tries - 1] ?? LATER) * unitMs;
}

/**
 * How long to wait for a person until what a delivery said is looked at once more: the provider may not have answered just
 * then. Pure.
 *
 * @param repeats lookups so far for this reason, from 0
 */
export function evidenceAgainMs(repeats: number, unitMs: number): number {
  return Math.min(LATER * 2 ** Math.min(repeats, 10), LATEST) * unitMs;
}
