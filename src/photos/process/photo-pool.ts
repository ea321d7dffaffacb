import type { LocatedFile } from '../../contract/located-file';
import type { PhotoReason } from '../../contract/photo';
import type { Examined } from '../examine';
import type { Look } from './messages';
import type { PhotoProcess } from './photo-process';
import { ProcessDied, type Death, type ProcessLimits } from './photo-process';
import { processSlots, type ProcessSlots } from './process-slots';

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
  /** The system refused something, which says nothing of the photo and may pass. `code` is its own, such as EMFILE. */
  | { kind: 'not-read'; code: string }
  /** Two processes in a row have died of it, or failed at it. Null where they did not even come to know its bytes. */
  | { kind: 'deadly'; contentHash: string | null; reason: PhotoReason; words: string };

/** What is known of a photo by its content; null where it has to be decoded. */
export type Find<K> = (contentHash: string) => Promise<K | null>;

/**
 * Processes that decode photos. They live long, one photo each at a time, so a photo that takes one down takes nothing
 * else with it. No library for this: none kills (SIGKILL) on time and on memory and says which job it was.
 */
export interface PhotoPool {
  readonly processes: number;
  /** The recipe of its processes, see `recipeId`. */
  recipe(signal?: AbortSignal): Promise<string>;
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

export function photoPool({ childFile, processes, limits }: PoolOptions): PhotoPool {
  const slots = processSlots({ childFile, processes, limits });
  return {
    processes,
    async recipe(signal = new AbortController().signal) {
      const process = await slots.take(signal, 'any');
      await slots.giveBack(process);
      return process.recipe;
    },
    async look(file, how, find, signal) {
      let last: ProcessDied | PhotoFailed | null = null;
      const seen: { contentHash: string | null } = { contentHash: null };
      const findIt: typeof find = (hash) => {
        seen.contentHash = hash;
        return find(hash);
      };
      for (let tries = 0; tries < TRIES; tries += 1) {
        try {
          const process = await slots.take(signal, tries === 0 ? 'any' : 'new');
          return await lookOnce(slots, process, () => lookWith(process, limits, file, how, findIt), signal);
        } catch (error) {
          if (!(error instanceof ProcessDied || error instanceof PhotoFailed)) throw error;
          last = error;
        }
      }
      const death = last instanceof ProcessDied ? last.death : 'crashed';
      // Nobody has seen its bytes yet: it is the disk, or the network to it, that does not answer.
      const { contentHash } = seen;
      if (contentHash === null && death === 'too-slow') return { kind: 'not-read', code: 'ETIMEDOUT' };
      return { kind: 'deadly', contentHash, reason: REASONS[death], words: last?.message ?? '' };
    },
    close: () => slots.close(),
  };
}

/** One try with a process, which it does not survive if the signal comes. */
async function lookOnce<A>(
  slots: ProcessSlots,
  process: PhotoProcess,
  work: () => Promise<A>,
  signal: AbortSignal,
): Promise<A> {
  const kill = () => void process.kill();
  signal.addEventListener('abort', kill, { once: true });
  try {
    signal.throwIfAborted(); // it may have come while the process was started
    const answer = await work();
    signal.throwIfAborted();
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    slots.throwIfClosed(error);
    // What threw may have left a library broken, and the next photo would pay for it.
    if (error instanceof PhotoFailed) await process.kill();
    throw error;
  } finally {
    signal.removeEventListener('abort', kill);
    await slots.giveBack(process);
  }
}

async function lookWith<K>(
  process: PhotoProcess,
  limits: ProcessLimits,
  file: LocatedFile,
  look: Look,
  find: Find<K>,
): Promise<PoolAnswer<K>> {
  const startedMs = performance.now();
  const opened = await process.ask({ order: 'open', file }, limits);
  const openMs = performance.now() - startedMs;
  if (opened.answer === 'not-opened') return { kind: 'not-opened', reason: opened.reason };
  if (opened.answer === 'not-read') return { kind: 'not-read', code: opened.code };
  if (opened.answer !== 'opened') throw new TypeError(`not opened but ${opened.answer}`);
  const { contentHash } = opened;
  const known = await find(contentHash);
  if (known !== null) return { kind: 'known', contentHash, known };
  // The limit is for the photo: a slow disk leaves less time for decoding. `find` is ours, and does not count.
  const left = { ...limits, timeMs: limits.timeMs - openMs };
  const answer = await process.ask({ order: 'examine', look }, left);
  if (answer.answer === 'failed') throw new PhotoFailed(answer.words);
  if (answer.answer !== 'examined') throw new TypeError(`not examined but ${answer.answer}`);
  const { examined, facesUnavailable, cpuMs } = answer;
  return { kind: 'examined', contentHash, examined, facesUnavailable, cpuMs };
}
