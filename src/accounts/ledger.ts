import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { LedgerLine } from '../contract/account';
import { utcDay } from '../contract/day';
import type { Storage } from '../storage/port';

const lineSchema = z.object({
  n: z.number(),
  atMs: z.number(),
  kind: z.enum(['reserved', 'charged', 'refunded', 'unknown', 'ended', 'balance']),
  training: z.string().nullable(),
  customer: z.string().nullable(),
  what: z.enum(['upload', 'training', 'unknown']).nullable(),
  key: z.string().nullable().default(null),
  credits: z.number(),
}) satisfies z.ZodType<LedgerLine>;

/** The ledger of one account, in the store. Lines are added and never changed. */
export interface AccountLedger {
  /** Adding the same lines again changes nothing. */
  add(lines: readonly LedgerLine[]): Promise<void>;
  /** Of these days (UTC, `2026-11-25`), in their order. */
  read(days: readonly string[]): Promise<LedgerLine[]>;
}

/** Every account that has a ledger has a folder, named by a hash, because its name may hold what a key may not. */
export function accountLedger(
  storage: Storage,
  { provider, account }: { provider: string; account: string },
  onUnreadable: (key: string) => void = () => undefined,
): AccountLedger {
  const hash = createHash('sha256')
    .update(JSON.stringify([provider, account]))
    .digest('hex');
  const folder = `ledger/${hash.slice(0, 32)}`;
  return {
    async add(lines) {
      for (const [day, some] of byDay(lines)) {
        const bytes = Buffer.from(JSON.stringify(some));
        // Two who would both write line 7, after a history was lost, both do.
        const name = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
        const first = String(some[0]?.n ?? 0).padStart(10, '0');
        await storage.create(`${folder}/${day}/${first}-${name}.json`, bytes);
      }
    },
    async read(days) {
      // A line is there twice where writing it was given up too early.
      const lines = new Map<string, LedgerLine>();
      for (const day of days) {
        const keys = await storage.list(`${folder}/${day}`);
        for (let from = 0; from < keys.length; from += READ_TOGETHER) {
          const some = keys.slice(from, from + READ_TOGETHER).map((key) => readFile(key));
          for (const line of (await Promise.all(some)).flat()) lines.set(JSON.stringify(line), line);
        }
      }
      return [...lines.values()].sort((a, b) => a.atMs - b.atMs || a.n - b.n);
    },
  };

  async function readFile(key: string): Promise<LedgerLine[]> {
    const bytes = await storage.get(key);
    try {
      return z.array(lineSchema).parse(JSON.parse(bytes?.toString() ?? ''));
    } catch {
      onUnreadable(key);
      return [];
    }
  }
}

const READ_TOGETHER = 16;

const DAY_MS = 86_400_000;

/** From the first to the last, both among them. Unix milliseconds. */
export function daysBetween(fromMs: number, toMs: number): string[] {
  // Counted, not compared by name: the day after 9999-12-31 sorts before it, and there would be no end.
  const [first, last] = [Math.floor(fromMs / DAY_MS), Math.floor(toMs / DAY_MS)];
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, at) => utcDay((first + at) * DAY_MS));
}

function byDay(lines: readonly LedgerLine[]): Map<string, LedgerLine[]> {
  const days = new Map<string, LedgerLine[]>();
  for (const line of lines) {
    const day = utcDay(line.atMs);
    const some = days.get(day) ?? [];
    some.push(line);
    days.set(day, some);
  }
  return days;
}
