import { createHash } from 'node:crypto';
import path from 'node:path';
import type { z } from 'zod';
import type { Storage } from '../storage/port';
import {
  beginningSchema,
  endSchema,
  outcomeSchema,
  settlementSchema,
  type Beginning,
  type RecordedEnd,
  type RecordedOutcome,
  type Settlement,
} from './entries';
import { standingOf, type AttemptRecord, type Standing } from './standing';

/** One attempt of one training. Attempts count from 1 without a gap. */
export interface AttemptRef {
  id: string;
  attempt: number;
}

/**
 * The write-ahead journal of submissions, in the store and outside of Temporal, so that it knows what was sent even when
 * the history is gone. Entries are created exclusively, so of two who would both send, one cannot.
 */
export interface SubmissionJournal {
  begin(entry: Beginning): Promise<'created' | 'exists'>;
  recordOutcome(ref: AttemptRef, outcome: RecordedOutcome): Promise<void>;
  /** `exists`: it was settled before, and `read` says how. */
  settle(ref: AttemptRef, settlement: Settlement): Promise<'created' | 'exists'>;
  /** A person's settlement comes on top of whatever was settled before. */
  decide(ref: AttemptRef, settlement: Settlement): Promise<void>;
  recordEnd(ref: AttemptRef, end: RecordedEnd): Promise<void>;
  read(ref: AttemptRef): Promise<AttemptRecord>;
  standing(ref: AttemptRef): Promise<Standing>;
}

export function submissionJournal(storage: Storage): SubmissionJournal {
  const create = (ref: AttemptRef, name: string, entry: unknown) =>
    storage.create(`${folderOf(ref)}/${name}.json`, Buffer.from(JSON.stringify(entry)));
  const read = async (ref: AttemptRef): Promise<AttemptRecord> => {
    const names = (await storage.list(folderOf(ref))).map((key) => path.posix.basename(key, '.json'));
    const entry = async <T>(schema: z.ZodType<T>, name: string): Promise<T | 'unreadable' | null> =>
      names.includes(name) ? parsed(schema, await storage.get(`${folderOf(ref)}/${name}.json`)) : null;
    const settlements = names.filter((name) => name.startsWith('settlement-')).length;
    return {
      beginning: await entry(beginningSchema, 'begin'),
      // One that cannot be read says nothing, and an attempt of which nothing is known is unknown.
      outcome: readable(await entry(outcomeSchema, 'outcome')),
      settlement: readable(await entry(settlementSchema, `settlement-${settlements}`)),
      end: readable(await entry(endSchema, 'end')),
    };
  };
  return {
    begin: (entry) => create(entry, 'begin', entry),
    async recordOutcome(ref, outcome) {
      await create(ref, 'outcome', outcome);
    },
    settle: (ref, settlement) => create(ref, 'settlement-1', settlement),
    async decide(ref, settlement) {
      for (let number = 1; ; number += 1) {
        if ((await create(ref, `settlement-${number}`, settlement)) === 'created') return;
      }
    },
    async recordEnd(ref, end) {
      await create(ref, 'end', end);
    },
    read,
    standing: async (ref) => standingOf(await read(ref)),
  };
}

/** Ids may hold what a key may not, and a folder named by a hash tells nothing to whoever lists it. */
function folderOf({ id, attempt }: AttemptRef): string {
  return `submissions/${createHash('sha256').update(id).digest('hex')}/${attempt}`;
}

function parsed<T>(schema: z.ZodType<T>, bytes: Buffer | null): T | 'unreadable' {
  try {
    return schema.parse(JSON.parse(bytes?.toString() ?? ''));
  } catch {
    return 'unreadable';
  }
}

function readable<T>(entry: T | 'unreadable' | null): T | null {
  return entry === 'unreadable' ? null : entry;
}
