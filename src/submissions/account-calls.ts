import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Storage } from '../storage/port';

/**
 * Calls that cost something, on an account that is declared exclusive. A balance before and after is evidence about one
 * call only where no other one of ours was under way in between.
 */
export interface AccountCalls {
  /** To be called before the balance is read. Returns what has to be called when the call is over. */
  begin(call: { overAtMs: number }): Promise<{ name: string; end: () => Promise<void> }>;
  /** Whether any other call than `name` was, or may have been, under way at or after `sinceMs`. */
  hadOthers(since: { name: string; sinceMs: number }): Promise<boolean>;
}

const callSchema = z.looseObject({ atMs: z.number(), overAtMs: z.number() });
const endSchema = z.looseObject({ atMs: z.number() });

export function accountCalls(storage: Storage, provider: string, account: string): AccountCalls {
  const hash = createHash('sha256')
    .update(JSON.stringify([provider, account]))
    .digest('hex');
  const folder = `accounts/${hash}`;
  return {
    async begin({ overAtMs }) {
      const name = randomUUID();
      const write = (key: string, entry: object) =>
        storage.create(`${folder}/${name}/${key}.json`, Buffer.from(JSON.stringify(entry)));
      await write('begin', { atMs: Date.now(), overAtMs });
      const end = async () => {
        await write('end', { atMs: Date.now() });
      };
      return { name, end };
    },
    async hadOthers({ name, sinceMs }) {
      const keys = (await storage.list(folder)).filter((key) => !key.endsWith(`/${name}`));
      const overs = await Promise.all(keys.map((key) => overAt(storage, key)));
      return overs.some((overAtMs) => overAtMs >= sinceMs);
    },
  };
}

/** A call whose end was never written ended at the latest when its own time was over. */
async function overAt(storage: Storage, key: string): Promise<number> {
  const end = await storage.get(`${key}/end.json`);
  if (end !== null) return endSchema.parse(JSON.parse(end.toString())).atMs;
  const begin = await storage.get(`${key}/begin.json`);
  return begin === null ? 0 : callSchema.parse(JSON.parse(begin.toString())).overAtMs;
}
