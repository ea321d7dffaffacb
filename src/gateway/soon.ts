import { setTimeout as delay } from 'node:timers/promises';
import { NoWorkerError } from '../client';

/** A worker answers within milliseconds; without one there is still much to see, which nobody should have to wait for. */
const WAIT_MS = 3000;

/** @throws NoWorkerError where nobody has answered for the workflow after three seconds */
export async function soon<T>(id: string, answer: Promise<T>): Promise<T> {
  const patience = new AbortController();
  const tooLate = delay(WAIT_MS, undefined, { signal: patience.signal }).then(() => {
    throw new NoWorkerError(id);
  });
  try {
    return await Promise.race([answer, tooLate]);
  } finally {
    tooLate.catch(() => undefined);
    patience.abort();
  }
}
