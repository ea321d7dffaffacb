import { DAY_MS, offsetMs } from './local-time';

/** The clocks of a zone are put forward or back: between what they show before and after, times are skipped or come twice. */
export interface ClockChange {
  kind: 'skipped' | 'twice';
  /** What clocks show, as if it were UTC: from, and up to but not at. */
  fromMs: number;
  toMs: number;
}

/** In the order in which they come. */
export function clockChanges(timezone: string, fromMs: number, untilMs: number): ClockChange[] {
  const changes: ClockChange[] = [];
  for (let atMs = fromMs; atMs < untilMs; atMs += DAY_MS) {
    const before = offsetMs(timezone, atMs);
    const after = offsetMs(timezone, atMs + DAY_MS);
    if (before === after) continue;
    const changeMs = firstWith(timezone, after, atMs, atMs + DAY_MS);
    const [low, high] = [Math.min(before, after), Math.max(before, after)];
    changes.push({
      kind: after > before ? 'skipped' : 'twice',
      fromMs: changeMs + low,
      toMs: changeMs + high,
    });
  }
  return changes;
}

/** To the second. */
function firstWith(timezone: string, offset: number, fromMs: number, toMs: number): number {
  let [low, high] = [Math.floor(fromMs / 1000), Math.ceil(toMs / 1000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(timezone, middle * 1000) === offset) high = middle;
    else low = middle;
  }
  return high * 1000;
}
