/** Lookups come 0, 1, 2, 5 and 10 units after the first one, then every 10: soon while a person may be waiting. */
const DELAYS = [1, 1, 3, 5] as const;
const LATER = 10;

/**
 * How long to wait after the lookup of this number before the next. Pure.
 *
 * @param tries lookups so far, from 1
 */
export function lookUpDelayMs(tries: number, unitMs: number): number {
  return (DELAYS[tries - 1] ?? LATER) * unitMs;
}
