import { PAST_SHARES, type PastDurations } from '../contract/past-durations';

/** The earliest end that is believed possible, as a share of the shortest known duration. */
const EARLIEST = 0.5;

interface Knot {
  ms: number;
  share: number;
}

/**
 * After how many milliseconds (since its start) the chance that a training has ended since `elapsedMs` is `chance`, going by
 * past ones, linear between what is known of them. Infinity once all that is known of them is over.
 */
export function likelyEndMs(past: PastDurations, elapsedMs: number, chance: number): number {
  const knots = knotsOf(past);
  const shareNow = shareAt(knots, elapsedMs);
  return durationAt(knots, shareNow + chance * (1 - shareNow));
}

/** The longest duration that past trainings vouch for. */
export function longestKnownMs(past: PastDurations): number {
  return past.at(-1) ?? 0;
}

function knotsOf(past: PastDurations): Knot[] {
  const known = past.map((ms, index) => ({ ms, share: PAST_SHARES[index] ?? 1 }));
  return [{ ms: (past[0] ?? 0) * EARLIEST, share: 0 }, ...known];
}

function shareAt(knots: readonly Knot[], ms: number): number {
  return (
    between(
      knots,
      ({ ms: at }) => at,
      ({ share }) => share,
      ms,
    ) ?? 1
  );
}

function durationAt(knots: readonly Knot[], share: number): number {
  return (
    between(
      knots,
      ({ share: at }) => at,
      ({ ms }) => ms,
      share,
    ) ?? Infinity
  );
}

/** Null beyond the last knot. */
function between(
  knots: readonly Knot[],
  x: (knot: Knot) => number,
  y: (knot: Knot) => number,
  at: number,
): number | null {
  const next = knots.findIndex((knot) => x(knot) >= at);
  const [high, low] = [knots[next], knots[next - 1]];
  if (high === undefined) return null;
  if (low === undefined) return y(high);
  return y(low) + ((at - x(low)) / (x(high) - x(low))) * (y(high) - y(low));
}
