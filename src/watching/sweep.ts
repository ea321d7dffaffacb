import { isProviderError, ProviderRefusedError, ProviderUnavailableError } from '../providers/errors';
import type { Glimpse, Provider } from '../providers/port';
import { MAX_INTERVALS, untilNextGlanceMs } from './look-again';
import type { SweepOutcome } from './sweep-pace';
import type { Watched } from './watched';
import { isWorthALook } from './what-to-tell';

export interface Sweeper {
  provider: Pick<Provider, 'glance' | 'glanceSize'>;
  /** Waits until the next call may go. */
  turn: (signal: AbortSignal) => Promise<void>;
  intervalMs: number;
  /** Whatever is due beyond them is first in the next sweep: in one that lasts, those that become due meanwhile would wait for its end. */
  mostCalls: number;
  /** Told of each training that was seen, while the sweep goes on. */
  onSeen: (watched: Watched, glimpse: Glimpse) => void;
}

/** Enough to hide the time on the wire, and too few to look like an attack. */
const CALLS_AT_ONCE = 4;
/** A provider that fails this often in one sweep is down; asking it for the rest would only add to its troubles. */
const GIVE_UP_AFTER = 3;
/** Calls for several in a row that are refused, or answered without any of ours though one alone is known: not for trainings here. */
const STRANGE_IN_A_ROW = 3;
/** A provider that answers for thousands at once tells of all that it has: to ask it for each would bring all of them each time. */
const MOST_ALONE = 20;

/** Looks at all that are due, with as few calls as the provider allows. Remembers what it cannot do. */
export function sweeper({ provider, turn, intervalMs, mostCalls, onSeen }: Sweeper) {
  let size = provider.glanceSize;
  let strange = 0;

  return {
    /** Trainings a call. */
    size: () => size,
    async sweep(all: Iterable<Watched>, signal: AbortSignal): Promise<SweepOutcome> {
      const startedMs = Date.now();
      const { due, behindMs } = dueNow(all, startedMs);
      const outcome: SweepOutcome = { calls: 0, tookMs: 0, behindMs, trouble: null, retryAfterMs: null };
      const ask = async (trainings: readonly Watched[]) => {
        await turn(signal);
        outcome.calls += 1;
        return provider.glance(
          trainings.map(({ trainingId }) => trainingId),
          signal,
        );
      };
      const failed: (readonly Watched[])[] = [];
      let isBroken = false;
      const isWorthMore = () =>
        failed.length < GIVE_UP_AFTER && outcome.retryAfterMs === null && outcome.calls < mostCalls;
      const lane = async () => {
        while (due.length > 0 && !isBroken && isWorthMore()) {
          const batch = nextBatch(due);
          try {
            await look(batch, ask);
          } catch (error) {
            if (!isProviderError(error)) {
              isBroken = true;
              throw error;
            }
            for (const one of batch) one.dueAtMs = Date.now() + MAX_INTERVALS * intervalMs;
            failed.push(batch);
            outcome.trouble = error.message;
            outcome.retryAfterMs = longer(outcome.retryAfterMs, retryAfterOf(error));
          }
        }
      };
      // All of them, or the other lanes would go on beside whoever tries again.
      const ends = await Promise.allSettled(Array.from({ length: CALLS_AT_ONCE }, lane));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      if (outcome.retryAfterMs === null) noteSpoiled(failed, outcome.calls);
      outcome.tookMs = Date.now() - startedMs;
      return outcome;
    },
  };

  /** Those whose time has come, longest ago first; the last call is filled with those whose time comes next, at no cost. */
  function dueNow(all: Iterable<Watched>, nowMs: number): { due: Watched[]; behindMs: number } {
    const open = [...all].filter((one) => isWorthALook(one, nowMs)).sort((a, b) => a.dueAtMs - b.dueAtMs);
    // Nearer to this sweep than to the next, or each would be a sweep late by the milliseconds that its last answer took.
    const count = open.filter(({ dueAtMs }) => dueAtMs <= nowMs + intervalMs / 2).length;
    const due = open.splice(0, Math.min(Math.ceil(count / size), mostCalls) * size);
    // A new one was never due before.
    return { due, behindMs: Math.max(nowMs - (open[0]?.dueAtMs || nowMs), 0) };
  }

  function nextBatch(due: Watched[]): Watched[] {
    const together = due.findIndex(({ isAskedAlone }) => isAskedAlone);
    const count = together === -1 ? size : Math.min(Math.max(together, 1), size);
    return due.splice(0, count);
  }

  type Ask = (trainings: readonly Watched[]) => ReturnType<Provider['glance']>;

  async function look(batch: readonly Watched[], ask: Ask): Promise<void> {
    const [only] = batch;
    if (only !== undefined && batch.length === 1) {
      await lookAlone(only, ask);
      return;
    }
    const seen = await ask(batch);
    if (seen === 'unsupported') {
      noteStrange();
      for (const one of batch) await lookAlone(one, ask);
      return;
    }
    const probe = seen.size === 0 ? batch[Math.floor(Math.random() * batch.length)] : undefined;
    for (const one of batch) if (one !== probe) see(one, seen.get(one.trainingId));
    if (probe === undefined) strange = 0;
    else if (await lookAlone(probe, ask)) noteStrange();
  }

  /** True where the provider knows it. One that is refused is no sign of trouble: it may be forgotten. */
  async function lookAlone(one: Watched, ask: Ask): Promise<boolean> {
    const seen = await ask([one]).catch((error: unknown) => {
      if (error instanceof ProviderRefusedError) return new Map<string, Glimpse>();
      throw error;
    });
    const glimpse = seen === 'unsupported' ? undefined : seen.get(one.trainingId);
    see(one, glimpse);
    return glimpse !== undefined;
  }

  function noteStrange(): void {
    strange += 1;
    if (strange >= STRANGE_IN_A_ROW) size = 1;
  }

  function see(one: Watched, glimpse: Glimpse | undefined): void {
    const nowMs = Date.now();
    one.dueAtMs = nowMs + untilNextGlanceMs(one, glimpse, { nowMs, intervalMs });
    if (glimpse === undefined) return;
    one.isAskedAlone = false;
    onSeen(one, glimpse);
  }

  /**
   * Each of a call that failed is asked for alone until it is seen: one that spoils every answer must not spoil that of its
   * neighbors. Not where all calls have failed: the provider is down then, and asking it for each alone would be twenty calls for
   * one as soon as it is back; but for a single call, which has no other to be compared with.
   */
  function noteSpoiled(failed: readonly (readonly Watched[])[], calls: number): void {
    const isSpoiled = failed.length < calls || calls === 1;
    for (const batch of isSpoiled ? failed : [])
      if (batch.length <= MOST_ALONE) for (const one of batch) one.isAskedAlone = true;
  }
}

function retryAfterOf(error: unknown): number | null {
  return error instanceof ProviderUnavailableError ? error.retryAfterMs : null;
}

function longer(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}
