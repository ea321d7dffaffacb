import { createHash } from 'node:crypto';
import { z } from 'zod';
import { PAST_SHARES, type PastDurations } from '../contract/past-durations';
import type { Storage } from '../storage/port';

/** What trainings took a season ago says little of those of today. */
const KEPT = 200;
/** A quantile of fewer is an anecdote. */
const ENOUGH = 5;

const durationsSchema = z.object({ tookMs: z.array(z.number().positive()) });

/**
 * How long the trainings of each account took. Two workers that add at the same instant lose one of the two, which
 * costs nothing but a little precision.
 */
export interface PastDurationsBook {
  add(provider: string, account: string, tookMs: number): Promise<void>;
  /** Null where too few are known. */
  read(provider: string, account: string): Promise<PastDurations | null>;
}

export function pastDurations(storage: Storage): PastDurationsBook {
  const known = async (key: string): Promise<number[]> => {
    const bytes = await storage.get(key);
    const parsed = durationsSchema.safeParse(readJson(bytes));
    return parsed.success ? parsed.data.tookMs : [];
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    add(provider, account, tookMs) {
      const key = keyOf(provider, account);
      const add = async () => {
        const all = [...(await known(key)), Math.round(tookMs)].slice(-KEPT);
        await storage.put(key, Buffer.from(JSON.stringify({ tookMs: all })));
      };
      const mine = last.then(add, add);
      last = mine.catch(() => undefined);
      return mine;
    },
    async read(provider, account) {
      const sorted = (await known(keyOf(provider, account))).sort((a, b) => a - b);
      if (sorted.length < ENOUGH) return null;
      return PAST_SHARES.map((share) => sorted[Math.floor(share * sorted.length)] ?? 0);
    },
  };
}

function keyOf(provider: string, account: string): string {
  return `durations/${provider}-${createHash('sha256').update(account).digest('hex').slice(0, 16)}.json`;
}

function readJson(bytes: Buffer | null): unknown {
  try {
    return JSON.parse(bytes?.toString() ?? '');
  } catch {
    return null;
  }
}
