/** A training looks within a second or so of hearing that it has ended. Where it still waits, it is worth telling again. */
const AGAIN_MS = 30_000;
const MAX_AGAIN_MS = 600_000;

/** How long to wait before a training is told once more that it has ended, after it was told `times` times (1 or more). */
export function endAgainMs(times: number): number {
  return Math.min(AGAIN_MS * 2 ** Math.min(times - 1, 10), MAX_AGAIN_MS);
}
