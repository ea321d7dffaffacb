/** Why a piece of work was given up. */
export type GivenUp = 'time-over' | 'aborted';

export interface Patience {
  /** Null while nobody has given up. */
  givenUp(): GivenUp | null;
  /** To be called when the work is over, or the signal would remember it. */
  end(): void;
}

/**
 * Calls `giveUp` once: when the time is over, or the signal says so. In the place of `AbortSignal.any`, which in Node 20 leaves
 * something behind in a signal that outlives the work, for each call of a watcher that runs for weeks
 * (https://github.com/nodejs/node/issues/55351).
 */
export function patience(
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal | null },
  giveUp: () => void,
): Patience {
  let why: GivenUp | null = null;
  const end = (reason: GivenUp) => {
    if (why !== null) return;
    why = reason;
    giveUp();
  };
  const timer = setTimeout(() => end('time-over'), timeoutMs);
  const onAbort = () => end('aborted');
  if (signal?.aborted === true) onAbort();
  signal?.addEventListener('abort', onAbort);
  return {
    givenUp: () => why,
    end() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
