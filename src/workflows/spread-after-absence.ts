import type { TrainingRun } from './training-run';

/** Less is a busy worker, not one that was away. */
const ABSENCE_MS = 10_000;
/** Ten thousand looks over this are 33 a second. What has ended meanwhile is nudged by the watcher, and comes at once. */
const MAX_SPREAD_MS = 5 * 60_000;

/** How much longer to wait after a timer that was noticed `lateMs` late: anything up to that, by chance, and not past the deadline. */
export function spreadMs({ progress }: TrainingRun, lateMs: number): number {
  if (lateMs < ABSENCE_MS) return 0;
  const leftMs = Math.max((progress.deadlineAtMs ?? Infinity) - Date.now(), 0);
  return Math.round(Math.random() * Math.min(lateMs, MAX_SPREAD_MS, leftMs / 2));
}
