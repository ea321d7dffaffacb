import type { LocatedFile } from '../../contract/located-file';
import type { PhotoReason } from '../../contract/photo';
import type { Examined } from '../examine';
import type { Look } from './messages';
import { PhotoProcess, ProcessDied, type Death, type ProcessLimits } from './photo-process';

export interface PoolOptions {
  /** The program of the child processes. */
  childFile: string;
  processes: number;
  limits: ProcessLimits;
}

export type PoolAnswer<K> =
  /** `find` had it: nothing was decoded. */
  | { kind: 'known'; contentHash: string; known: K }
  | {
      kind: 'examined';
      contentHash: string;
      examined: Examined;
      facesUnavailable: string | null;
      cpuMs: number;
    }
  | { kind: 'not-opened'; reason: PhotoReason }
  /** Two processes in a row have died of it, or failed at it. */
  | { kind: 'deadly'; reason: PhotoReason; words: string };

/** What is known of a photo by its content; null where it has to be decoded. */
export type Find<K> = (contentHash: string) => Promise<K | null>;

/**
 * Processes that decode photos. They live long, one photo each at a time, so a photo that takes one down takes nothing
 * else with it. No library for this: none kills (SIGKILL) on time and on memory and says which job it was.
 */
export interface PhotoPool {
  readonly processes: number;
  /** The recipe of its processes, see `recipeId`. */
  recipe(): Promise<string>;
  /** @throws the signal's reason when it is aborted; the process is then killed */
  look<K>(file: LocatedFile, how: Look, find: Find<K>, signal: AbortSignal): Promise<PoolAnswer<K>>;
  /** Kills what is there. What was in hand fails; the pool cannot be used again. */
  close(): Promise<void>;
}

const REASONS: Record<Death, PhotoReason> = {
  'too-slow': 'too-slow',
  'too-much-memory': 'too-much-memory',
  crashed: 'crashes-decoder',
};

/** Our own code, or a library's, threw where it must not. */
class PhotoFailed extends Error {
  override name = 'PhotoFailed' as const;
}

/** One death may be bad luck, such as the system's own out-of-memory killer. */
const TRIES = 2;

/** A process that has grown beyond this is replaced when it is idle: decoders of HEIC never give memory back. */
const RETIRE_SHARE = 0.5;

/** An idle process holds about 90 MB, and starting one takes 0.2 s. */
const IDLE_MS = 60_000;

export function photoPool({ childFile, processes, limits }: PoolOptions): PhotoPool {
  const idle: { process: PhotoProcess; timer: NodeJS.Timeout }[] = [];
  const alive = new Set<PhotoProcess>();
  const waiting: (() => void)[] = [];
  let closed = false;
  const isClosed = () => closed; // it may be closed during any wait
  let busy = 0;

  return {
    processes,
    async recipe() {
      const process = await take(new AbortController().signal);
      await giveBack(process);
      return process.recipe;
    },
    async look(file, how, find, signal) {
      let last: ProcessDied | PhotoFailed | null = null;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const process = await take(signal);
        const kill = () => void process.kill();
        signal.addEventListener('abort', kill, { once: true });
        try {
          signal.throwIfAborted(); // it may have come while the process was started
          return await lookWith(process, file, how, find);
        } catch (error) {
          signal.throwIfAborted();
          if (isClosed()) throw new Error('the photo pool was closed', { cause: error });
          if (!(error instanceof ProcessDied || error instanceof PhotoFailed)) throw error;
          last = error;
        } finally {
          signal.removeEventListener('abort', kill);
          await giveBack(process);
        }
      }
      const death = last instanceof ProcessDied ? last.death : 'crashed';
      return { kind: 'deadly', reason: REASONS[death], words: last?.message ?? '' };
    },
    async close() {
      closed = true;
      for (const { timer } of idle.splice(0)) clearTimeout(timer);
      for (const next of waiting.splice(0)) next();
      await Promise.all([...alive].map((process) => process.kill()));
    },
  };

  async function lookWith<K>(
    process: PhotoProcess,
    file: LocatedFile,
    look: Look,
    find: Find<K>,
  ): Promise<PoolAnswer<K>> {
    const opened = await process.ask({ order: 'open', file }, limits);
    if (opened.answer === 'not-opened') return { kind: 'not-opened', reason: opened.reason };
    if (opened.answer !== 'opened') throw new TypeError(`not opened but ${opened.answer}`);
    const { contentHash } = opened;
    const known = await find(contentHash);
    if (known !== null) return { kind: 'known', contentHash, known };
    const answer = await process.ask({ order: 'examine', look }, limits);
    if (answer.answer === 'failed') throw new PhotoFailed(answer.words);
    if (answer.answer !== 'examined') throw new TypeError(`not examined but ${answer.answer}`);
    const { examined, facesUnavailable, cpuMs } = answer;
    return { kind: 'examined', contentHash, examined, facesUnavailable, cpuMs };
  }

  /** An idle process, a new one, or one that somebody gives back. */
  async function take(signal: AbortSignal): Promise<PhotoProcess> {
    while (busy >= processes && !isClosed()) await turn(signal);
    if (signal.aborted || isClosed()) {
      waiting.shift()?.(); // its turn goes to the next one
      signal.throwIfAborted();
      throw new Error('the photo pool was closed');
    }
    busy += 1;
    for (let rested = idle.pop(); rested !== undefined; rested = idle.pop()) {
      clearTimeout(rested.timer);
      if (!rested.process.isEnded) return rested.process;
      alive.delete(rested.process);
    }
    try {
      const process = await PhotoProcess.start(childFile);
      alive.add(process);
      if (isClosed()) await process.kill();
      return process;
    } catch (error) {
      release();
      throw error;
    }
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const next = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(next), 1);
        reject(signal.reason as Error);
      };
      waiting.push(next);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  async function giveBack(process: PhotoProcess): Promise<void> {
    if (process.memoryBytes > limits.memoryBytes * RETIRE_SHARE) await process.kill();
    if (process.isEnded || isClosed()) alive.delete(process);
    else {
      const timer = setTimeout(() => void process.kill().then(() => alive.delete(process)), IDLE_MS);
      idle.push({ process, timer: timer.unref() });
    }
    release();
  }

  function release(): void {
    busy -= 1;
    waiting.shift()?.();
  }
}
