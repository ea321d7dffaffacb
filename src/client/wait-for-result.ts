import { setTimeout as delay } from 'node:timers/promises';
import { isEndState } from '../contract/state';
import type { TrainResult } from '../contract/result';
import type { TrainStatus } from '../contract/status';
import { mayComeBack, sights } from './sights';

export interface WaitOptions {
  /** Told the first status, and each that says something else than the one before. What it throws ends the waiting. */
  onStatus?: (status: TrainStatus) => void;
  /** From one look to the next, in milliseconds; 2,000 where nothing is said. */
  everyMs?: number;
  /** Ends the waiting, not the training. */
  signal?: AbortSignal;
}

export interface Looks {
  status: () => Promise<TrainStatus>;
  /** Waits for the end. */
  result: () => Promise<TrainResult>;
}

const LOOK_EVERY_MS = 2000;

/**
 * The result comes by a call that stays open, which needs no worker; statuses are asked for beside it, and only where somebody wants to
 * hear them.
 */
export async function waitForResult(
  looks: Looks,
  { onStatus, everyMs = LOOK_EVERY_MS, signal }: WaitOptions,
): Promise<TrainResult> {
  const isOver = { now: false };
  const ends = [
    untilResult(looks.result, everyMs, isOver),
    ...(onStatus === undefined ? [] : [tellStatuses(looks.status, onStatus, everyMs, isOver)]),
  ];
  try {
    return await orAborted(Promise.race(ends), signal);
  } finally {
    isOver.now = true;
  }
}

interface Over {
  now: boolean;
}

async function untilResult(
  result: () => Promise<TrainResult>,
  everyMs: number,
  isOver: Over,
): Promise<TrainResult> {
  for (;;) {
    try {
      return await result();
    } catch (error) {
      if (isOver.now || !mayComeBack(error)) throw error;
    }
    await delay(everyMs, undefined, { ref: false });
  }
}

/** Never ends by itself but with an error: the end is the other one's to say. */
async function tellStatuses(
  look: () => Promise<TrainStatus>,
  onStatus: (status: TrainStatus) => void,
  everyMs: number,
  isOver: Over,
): Promise<never> {
  let last = '';
  for await (const sight of sights(look, everyMs)) {
    if (isOver.now) break;
    if (sight.saw === 'nobody') continue;
    const text = JSON.stringify(sight.status);
    if (text !== last) onStatus(sight.status);
    last = text;
    if (isEndState(sight.status.state)) break;
  }
  return new Promise(() => undefined);
}

function orAborted<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(signal.reason as Error);
    if (signal.aborted) giveUp();
    signal.addEventListener('abort', giveUp, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
