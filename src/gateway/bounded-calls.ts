import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';

/** Temporal has not answered in time. What was asked may have been heard all the same. */
export class TooLateError extends Error {
  override name = 'TooLateError' as const;
}

export interface BoundedCalls {
  within<T>(ms: number, call: () => Promise<T>): Promise<T>;
  /** Closes the connection when no call is under way: one that still connects would fail where nobody can catch it. */
  close(): Promise<void>;
}

/** The deadline of a call does not bound the time that the connection takes to be made, so both are bounded. */
export function boundedCalls(connection: Connection): BoundedCalls {
  const underWay = new Set<Promise<unknown>>();
  return {
    async within(ms, call) {
      const answer = connection.withDeadline(Date.now() + ms, call);
      const settled = answer.catch(() => undefined).finally(() => underWay.delete(settled));
      underWay.add(settled);
      const patience = new AbortController();
      try {
        return await Promise.race([answer, tooLate(ms, patience.signal)]);
      } finally {
        patience.abort();
      }
    },
    async close() {
      await Promise.all(underWay);
      await connection.close();
    },
  };
}

async function tooLate(ms: number, signal: AbortSignal): Promise<never> {
  await delay(ms, undefined, { ref: false, signal });
  throw new TooLateError(`no answer within ${ms} ms`);
}
