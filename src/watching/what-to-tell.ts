import { endAgainMs } from '../end-again';
import type { Glimpse } from '../providers/port';
import type { Watched } from './watched';

export type Telling = { tell: 'nudge' } | { tell: 'progress'; percent: number; word: string };

/** Each telling is an event of the training's history, and some of the server's time. */
const PERCENT_STEP = 10;
const PROGRESS_EVERY_MS = 60_000;

/** Pure: what a training should hear of what was seen, if anything. */
export function whatToTell(watched: Watched, glimpse: Glimpse, nowMs: number): Telling | null {
  if (glimpse.glimpse === 'ended') return isWorthALook(watched, nowMs) ? { tell: 'nudge' } : null;
  const { percent, word } = glimpse;
  if (percent === null || Math.abs(percent - watched.toldPercent) < PERCENT_STEP) return null;
  return nowMs - watched.toldAtMs < PROGRESS_EVERY_MS ? null : { tell: 'progress', percent, word };
}

/** One that was nudged is left alone for a while: the workflow is looking by itself. */
export function isWorthALook({ nudges, nudgedAtMs }: Watched, nowMs: number): boolean {
  if (nudges === 0) return true;
  return nowMs - nudgedAtMs >= endAgainMs(nudges);
}

export type Told = Pick<Watched, 'nudges' | 'nudgedAtMs' | 'toldPercent' | 'toldAtMs'>;

export function toldOf({ nudges, nudgedAtMs, toldPercent, toldAtMs }: Watched): Told {
  return { nudges, nudgedAtMs, toldPercent, toldAtMs };
}

/** What is remembered of it. */
export function noteTold(watched: Watched, told: Telling, nowMs: number): void {
  switch (told.tell) {
    case 'nudge':
      watched.nudges += 1;
      watched.nudgedAtMs = nowMs;
      return;
    case 'progress':
      watched.toldPercent = told.percent;
      watched.toldAtMs = nowMs;
  }
}
