import { setTimeout as delay } from 'node:timers/promises';
import { NoWorkerError } from '../client';

/** A worker answers within milliseconds; without one there is still much to see, which nobody should have to wait for. */
const WAIT_MS = 3000;

/** @throws NoWorkerError where nobody has answered for the workflow after three seconds */
export function soon<T>(id: string, answer: Promise<T>): Promise<T> {
  return within(WAIT_MS, answer, () => new NoWorkerError(id));
}

/** What takes longer goes on, and nobody waits for it. @throws what `tooLate` makes */
export async function within<T>(waitMs: number, answer: Promise<T>, tooLate: () => Error): Promise<T> {
  const patience = new AbortController();
  const late = delay(waitMs, undefined, { signal: patience.signal }).then(() => {
    throw tooLate();
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    late.catch(() => undefined);
    patience.abort();
  }
}
