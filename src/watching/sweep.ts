import { isProviderError, ProviderUnavailableError } from '../providers/errors';
import type { Glimpse, Provider } from '../providers/port';
import { untilNextGlanceMs } from './look-again';
import type { SweepOutcome } from './sweep-pace';
import type { Watched } from './watched';
import { isWorthALook } from './what-to-tell';

export interface Sweeper {
  provider: Pick<Provider, 'glance' | 'glanceSize'>;
  /** Waits until the next call may go. */
  turn: (signal: AbortSignal) => Promise<void>;
  intervalMs: number;
  /** Told of each training that was seen, while the sweep goes on. */
  onSeen: (watched: Watched, glimpse: Glimpse) => void;
}

/** Enough to hide the time on the wire, and too few to look like an attack. */
const CALLS_AT_ONCE = 4;
/** A provider that fails this often in one sweep is down; asking it for the rest would only add to its troubles. */
const GIVE_UP_AFTER = 3;
/** Answers without any training of ours in a row, while one alone is known: several at a time is not for trainings here. */
const STRANGE_IN_A_ROW = 3;

/** Looks at all that are due, with as few calls as the provider allows. Remembers what it cannot do. */
export function sweeper({ provider, turn, intervalMs, onSeen }: Sweeper) {
  let size = provider.glanceSize;
  let strange = 0;

  return {
    /** Trainings a call. */
    size: () => size,
    async sweep(all: Iterable<Watched>, signal: AbortSignal): Promise<SweepOutcome> {
      const startedMs = Date.now();
      const due = dueNow(all, startedMs);
      const outcome: SweepOutcome = { calls: 0, tookMs: 0, trouble: null, retryAfterMs: null };
      let failures = 0;
      let next = 0;
      const lane = async () => {
        while (next < due.length && failures < GIVE_UP_AFTER && outcome.retryAfterMs === null) {
          const batch = due.slice(next, (next += size));
          await turn(signal);
          outcome.calls += 1;
          try {
            see(batch, await glance(batch, signal, outcome));
          } catch (error) {
            if (!isProviderError(error)) throw error;
            failures += 1;
            outcome.trouble = error.message;
            if (error instanceof ProviderUnavailableError) outcome.retryAfterMs ??= error.retryAfterMs;
          }
        }
      };
      await Promise.all(Array.from({ length: CALLS_AT_ONCE }, lane));
      outcome.tookMs = Date.now() - startedMs;
      return outcome;
    },
  };

  /** Those whose time has come, longest ago first; the last call is filled with those whose time comes next, at no cost. */
  function dueNow(all: Iterable<Watched>, nowMs: number): Watched[] {
    const open = [...all].filter((one) => isWorthALook(one, nowMs)).sort((a, b) => a.dueAtMs - b.dueAtMs);
    const due = open.filter(({ dueAtMs }) => dueAtMs <= nowMs).length;
    return open.slice(0, Math.ceil(due / size) * size);
  }

  function see(batch: readonly Watched[], seen: ReadonlyMap<string, Glimpse>): void {
    const nowMs = Date.now();
    for (const one of batch) {
      const glimpse = seen.get(one.trainingId);
      one.dueAtMs = nowMs + untilNextGlanceMs(one, glimpse, { nowMs, intervalMs });
      if (glimpse !== undefined) onSeen(one, glimpse);
    }
  }

  /** Falls back to one after the other where several at a time are refused, now and from then on. */
  async function glance(
    batch: readonly Watched[],
    signal: AbortSignal,
    outcome: SweepOutcome,
  ): Promise<Map<string, Glimpse>> {
    const ids = batch.map(({ trainingId }) => trainingId);
    const seen = await provider.glance(ids, signal);
    if (seen !== 'unsupported' && (ids.length === 1 || seen.size > 0)) {
      if (ids.length > 1) strange = 0;
      return seen;
    }
    const alone = await oneByOne(seen === 'unsupported' ? ids : ids.slice(0, 1), signal, outcome);
    strange += alone.size > 0 ? 1 : 0;
    if (seen === 'unsupported' || strange >= STRANGE_IN_A_ROW) size = 1;
    return alone;
  }

  async function oneByOne(
    ids: readonly string[],
    signal: AbortSignal,
    outcome: SweepOutcome,
  ): Promise<Map<string, Glimpse>> {
    const seen = new Map<string, Glimpse>();
    for (const id of ids) {
      await turn(signal);
      outcome.calls += 1;
      const alone = await provider.glance([id], signal);
      if (alone === 'unsupported') continue;
      for (const entry of alone) seen.set(...entry);
    }
    return seen;
  }
}
