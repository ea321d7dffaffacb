/** `14:05:10 UTC`: the reader's zone is not known here. */
export function clockUtc(ms: number): string {
  return `${iso(ms).slice(11, 19)} UTC`;
}

/** `2026-10-02 14:05:10 UTC`, for what may be read on another day. */
export function dayAndClockUtc(ms: number): string {
  return `${iso(ms).slice(0, 10)} ${clockUtc(ms)}`;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
