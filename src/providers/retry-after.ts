/** A provider that asks for a year must not put a training to sleep for a year. */
const LONGEST_MS = 3_600_000;
/** Every form of an HTTP date begins with its weekday; `Date.parse` alone would take "1.5" for a day in 2001. */
const DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /;

/**
 * `Retry-After` (RFC 9110 §10.2.3) in seconds or as a date → milliseconds, at least 1 s: a delay of 0 makes
 * Temporal give the activity up. Null where it is absent or cannot be read.
 */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const dateMs = DATE.test(text) ? Date.parse(text) : Number.NaN;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : dateMs - nowMs;
  if (Number.isNaN(ms)) return null;
  return Math.min(Math.max(ms, 1000), LONGEST_MS);
}
