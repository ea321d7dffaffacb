import { PhotoProcess, type ProcessLimits } from './photo-process';

export interface SlotOptions {
  childFile: string;
  /** So many at a time. */
  processes: number;
  limits: ProcessLimits;
}

/** Who may have a process, in the order of asking. */
export interface ProcessSlots {
  /**
   * A process that is idle, or a new one: `new` where an idle one must not be it, because of what it holds or because
   * something may just have ended them all.
   *
   * @throws the signal's reason when it is aborted
   */
  take(signal: AbortSignal, which: 'any' | 'new'): Promise<PhotoProcess>;
  /** Every process that was taken comes back, dead or alive. */
  giveBack(process: PhotoProcess): Promise<void>;
  throwIfClosed(cause: unknown): void;
  /** Kills all processes, also those that are being started, and refuses whoever waits. */
  close(): Promise<void>;
}

/** A process that has grown beyond this is replaced when it is idle: decoders of HEIC never give memory back. */
const RETIRE_SHARE = 0.5;

/** An idle process holds about 90 MB, and starting one takes 0.2 s. */
const IDLE_MS = 60_000;

interface Waiter {
  /** The slot is theirs. */
  grant: () => void;
  refuse: (reason: Error) => void;
}

export function processSlots({ childFile, processes, limits }: SlotOptions): ProcessSlots {
  const idle = new Map<PhotoProcess, NodeJS.Timeout>();
  const alive = new Set<PhotoProcess>();
  const waiting: Waiter[] = [];
  let busy = 0;
  let isClosed = false;

  return {
    async take(signal, which) {
      signal.throwIfAborted();
      throwIfClosed(null);
      await slot(signal);
      try {
        throwIfClosed(null); // it may have come in between, and would not know of a process that is started now
        const idleOne = rested();
        if (idleOne !== null && which === 'any') return idleOne;
        if (idleOne !== null) await end(idleOne);
        return await started(signal);
      } catch (error) {
        release();
        throw error;
      }
    },
    async giveBack(process) {
      const isFat = process.memoryBytes > limits.memoryBytes * RETIRE_SHARE;
      if (isClosed || process.isOver || isFat) await end(process);
      else rest(process);
      release();
    },
    throwIfClosed,
    async close() {
      isClosed = true;
      for (const { refuse } of waiting.splice(0)) refuse(closedError(null));
      for (const timer of idle.values()) clearTimeout(timer);
      idle.clear();
      await Promise.all([...alive].map(end));
    },
  };

  function throwIfClosed(cause: unknown): void {
    if (isClosed) throw closedError(cause);
  }

  function slot(signal: AbortSignal): Promise<void> {
    if (busy < processes) {
      busy += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal.reason as Error);
      };
      const waiter: Waiter = {
        grant() {
          signal.removeEventListener('abort', leave);
          resolve();
        },
        refuse(reason) {
          signal.removeEventListener('abort', leave);
          reject(reason);
        },
      };
      waiting.push(waiter);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** Whoever waits longest gets the slot; nobody who comes in between can take it. */
  function release(): void {
    const next = waiting.shift();
    if (next === undefined) busy -= 1;
    else next.grant();
  }

  function rested(): PhotoProcess | null {
    for (const [process, timer] of idle) {
      clearTimeout(timer);
      idle.delete(process);
      if (!process.isOver) return process;
      alive.delete(process);
    }
    return null;
  }

  async function started(signal: AbortSignal): Promise<PhotoProcess> {
    const process = new PhotoProcess(childFile);
    alive.add(process);
    const kill = () => void process.kill();
    signal.addEventListener('abort', kill, { once: true });
    try {
      await process.ready();
      return process;
    } catch (error) {
      await end(process);
      signal.throwIfAborted();
      throwIfClosed(error);
      throw error;
    } finally {
      signal.removeEventListener('abort', kill);
    }
  }

  function rest(process: PhotoProcess): void {
    const timer = setTimeout(() => {
      idle.delete(process); // before it is killed, or it would be handed out while it dies
      void end(process);
    }, IDLE_MS);
    idle.set(process, timer.unref());
  }

  async function end(process: PhotoProcess): Promise<void> {
    await process.kill();
    alive.delete(process);
  }
}

function closedError(cause: unknown): Error {
  return new Error('the photo pool was closed', { cause });
}
