/** How one sweep went, as far as the next one is concerned. */
export interface SweepOutcome {
  calls: number;
  tookMs: number;
  /** How long ago the first of those was due that more calls would have reached; 0 where all were reached. */
  behindMs: number;
  /** What went wrong, in words; null where nothing did. */
  trouble: string | null;
  /** What the provider asked for. */
  retryAfterMs: number | null;
}

/** A provider that is down for hours is asked once a minute; the own polls of the trainings go on beside. */
const MAX_INTERVAL_MS = 60_000;

/**
 * From the beginning of one sweep to that of the next, in milliseconds. Pure. Twice as long after each sweep with trouble,
 * half as long after each without, down to what is configured.
 */
export function nextIntervalMs(
  { trouble, retryAfterMs }: SweepOutcome,
  { baseMs, intervalMs }: { baseMs: number; intervalMs: number },
): number {
  // What the provider asked for once is not what it is able to take: it does not count for the way back.
  if (trouble === null) return Math.max(baseMs, Math.min(intervalMs, MAX_INTERVAL_MS) / 2);
  const slower = Math.min(intervalMs * 2, Math.max(MAX_INTERVAL_MS, baseMs));
  return Math.max(slower, retryAfterMs ?? 0);
}

/** How long to rest after a round: one that took longer than its interval is followed by the next, never joined by it. */
export function restMs(
  { retryAfterMs }: Pick<SweepOutcome, 'retryAfterMs'>,
  { tookMs, intervalMs }: { tookMs: number; intervalMs: number },
): number {
  return Math.max(intervalMs - tookMs, intervalMs / 10, retryAfterMs ?? 0);
}
