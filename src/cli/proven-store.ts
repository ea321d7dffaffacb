import { setTimeout as delay } from 'node:timers/promises';
import { errorMessage } from '../error-facts';
import { StorageError, type Storage } from '../storage/port';
import { aborted } from './stop-signal';

const RETRY_EVERY_MS = 5000;

/**
 * Tries out a store that is reached over a network before any work is taken: one that creates an object twice would let
 * two pay for the same training. One that does not answer is waited for, as Temporal is: after a power cut everything starts at
 * once and in any order.
 *
 * @returns false where the signal came first
 * @throws StorageError where a person must do something
 */
export async function provenStore(
  storage: Storage,
  say: (line: string) => void,
  signal: AbortSignal,
  retryEveryMs = RETRY_EVERY_MS,
): Promise<boolean> {
  for (let tries = 0; !signal.aborted; tries += 1) {
    try {
      await Promise.race([storage.prove(), aborted(signal)]);
      return !signal.aborted;
    } catch (error) {
      if (!(error instanceof StorageError) || error.remedy === 'mend') throw error;
      if (tries === 0) say(`Waiting for the store: ${errorMessage(error)}`);
      await delay(retryEveryMs, undefined, { signal }).catch(() => undefined);
    }
  }
  return false;
}
