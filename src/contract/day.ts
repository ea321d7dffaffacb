/** The day of an instant (Unix milliseconds) in UTC, such as `2026-11-25`. */
export function utcDay(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
