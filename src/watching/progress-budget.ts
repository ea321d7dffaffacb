/**
 * Each costs the server and a worker some 25 ms, so the percentages of thousands would be the most expensive part of
 * waiting. Up to thirty trainings hear of theirs once a minute; the more wait, the rarer each hears of its own.
 */
const PER_SECOND = 0.5;
/** A few trainings that wait together all hear at once. */
const MOST_SAVED = 10;

/** How many percentages may be told. Ends are never held back, and are no business of this. */
export function progressBudget() {
  let left = MOST_SAVED;
  return {
    earn(elapsedMs: number): void {
      left = Math.min(left + (Math.max(elapsedMs, 0) * PER_SECOND) / 1000, MOST_SAVED);
    },
    /** True, and one less is left. */
    take(): boolean {
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
