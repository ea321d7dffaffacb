import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Provider } from '../providers/port';
import { callPace } from './call-pace';
import { waitingTrainings, type WaitingTrainings } from './find-waiting';
import { sweeper } from './sweep';
import { nextIntervalMs, restMs } from './sweep-pace';
import { teller } from './teller';
import { whySlow } from './why-slow';

/** How the watching goes; what the Temporal UI shows of it. */
export interface WatchReport {
  waiting: number;
  /** How many trainings are asked for with one call. */
  trainingsPerCall: number;
  sweepMs: number;
  intervalMs: number;
  /** Empty where it keeps its pace. */
  slowBecause: string;
  /** The provider has asked not to be asked before (Unix ms); whoever takes over obeys as well. */
  notBeforeMs: number;
}

export interface WatchSetup {
  client: Client;
  provider: Pick<Provider, 'name' | 'glance' | 'glanceSize'>;
  intervalMs: number;
  callsPerSecond: number;
  /** An hour where nothing is said. */
  turnMs?: number;
  /** As an earlier try of this turn reported it; 0 where there was none. */
  notBeforeMs: number;
  onReport: (report: WatchReport) => void;
  /** Of each end, when it is seen for the first time: since when it was not known to run any more. */
  onEndSeen?: (lateAtMostMs: number) => void;
  onTrouble: (words: string) => void;
}

/** Then somebody else has a turn, the list is made anew, and the history of the watcher shows that it is alive. */
const TURN_MS = 3_600_000;
/** In sweeps. Longer than a start of the watcher is remembered (10 intervals), or a training might find none. */
const IDLE_SWEEPS = 15;
const LOOK_FOR_NEW_SWEEPS = 3;
const LOOK_FOR_ENDED_SWEEPS = 15;

/** Sweeps until nobody waits, or its turn is over. Aborts with the signal. */
export async function watch(setup: WatchSetup, signal: AbortSignal): Promise<'none-waiting' | 'time-over'> {
  const { client, provider, intervalMs: baseMs, callsPerSecond } = setup;
  const waiting = waitingTrainings(client, provider.name);
  const telling = teller({ client, onGone: (id) => waiting.drop(id), onTrouble: setup.onTrouble });
  const turn = callPace(callsPerSecond);
  const sweeping = sweeper({
    provider,
    turn,
    intervalMs: baseMs,
    mostCalls: Math.max(Math.round((callsPerSecond * baseMs) / 1000), 1),
    onSeen(one, glimpse) {
      const nowMs = Date.now();
      if (glimpse.glimpse === 'running') one.runningAtMs = nowMs;
      else if (one.nudges === 0) setup.onEndSeen?.(nowMs - one.runningAtMs);
      telling.tell(one, glimpse);
    },
  });
  const overAtMs = Date.now() + (setup.turnMs ?? TURN_MS);
  let intervalMs = baseMs;
  let idle = 0;
  let listTrouble: string | null = null;
  let lastMs = Date.now();
  const aborted = whenAborted(signal);
  await delay(Math.max(setup.notBeforeMs - Date.now(), 0), undefined, { signal });
  await waiting.takeOver(signal);
  for (let round = 1; Date.now() < overAtMs; round += 1) {
    telling.beginSweep(Date.now() - lastMs);
    lastMs = Date.now();
    const outcome = await sweeping.sweep(waiting.watched.values(), signal);
    await Promise.race([telling.flushed(), aborted]);
    intervalMs = nextIntervalMs(outcome, { baseMs, intervalMs });
    setup.onReport({
      waiting: waiting.watched.size,
      trainingsPerCall: sweeping.size(),
      sweepMs: outcome.tookMs,
      intervalMs,
      slowBecause: whySlow(outcome, {
        waiting: waiting.watched.size,
        callsPerSecond,
        baseMs,
        intervalMs,
        listTrouble,
      }),
      notBeforeMs: outcome.retryAfterMs === null ? 0 : Date.now() + outcome.retryAfterMs,
    });
    listTrouble = await refresh(waiting, round, listTrouble);
    signal.throwIfAborted();
    // Nobody waits only where Temporal says so.
    idle = waiting.watched.size === 0 && listTrouble === null ? idle + 1 : 0;
    if (idle > IDLE_SWEEPS) return 'none-waiting';
    await delay(restMs(outcome, { tookMs: Date.now() - lastMs, intervalMs }), undefined, { signal });
  }
  return 'time-over';
}

/**
 * The trouble with it, if there is any: those that are known already are watched all the same. Its lists may be out of order while
 * everything else of Temporal works, and beginning anew would need the most expensive list of all.
 */
async function refresh(
  waiting: WaitingTrainings,
  round: number,
  troubleSoFar: string | null,
): Promise<string | null> {
  const looksForNew = round % LOOK_FOR_NEW_SWEEPS === 0;
  try {
    if (round % LOOK_FOR_ENDED_SWEEPS === 0) await waiting.dropEnded();
    if (looksForNew) await waiting.addNew();
    return looksForNew ? null : troubleSoFar;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Once for all sweeps: a listener for each would be a leak. */
function whenAborted(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => undefined);
  return aborted;
}
