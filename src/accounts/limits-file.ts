import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { AccountLimits, AccountOrder } from '../contract/account';
import { errorMessage, isSystemError } from '../error-facts';
import { accountsSchema, type AccountEntry } from './limits-schema';

/** `accounts.yaml` cannot be used. Names every place that is wrong. */
export class AccountsFileError extends Error {
  override name = 'AccountsFileError' as const;
}

/** The limits of accounts, as a file has them now. */
export interface LimitsFile {
  /**
   * Null where the account has none, and so no gate. Where the file has become wrong, or does not name the account any more, what it
   * said before goes on, and `problem` says what is wrong.
   */
  of(
    provider: string,
    account: string,
  ): { limits: Omit<AccountLimits, 'isExclusive'> | null; problem: string | null };
}

interface Known {
  mark: string;
  entries: readonly AccountEntry[];
  /** Those that it named before: one that is replaced is gone for a moment, and nobody may slip past the gate in it. */
  dropped: readonly AccountEntry[];
  problem: string | null;
}

/** Said of an account that had limits. */
export const NOT_NAMED =
  'accounts.yaml of a worker does not name the account, so its limits stay as they were; to lift them, name it without any';

/**
 * Reads the file again when it has changed. Where there is none, no account has limits.
 *
 * @throws AccountsFileError where it is wrong from the start
 */
export function limitsFile(file: string): LimitsFile {
  const mark = markOf(file);
  let known: Known = { mark, entries: read(file, mark), dropped: [], problem: null };
  return {
    of(provider, account) {
      const isIt = (one: AccountEntry) => isSame(one, { provider, account });
      const now = markOf(file);
      if (now !== known.mark) known = readAgain(file, now, known);
      const entry = known.entries.find(isIt);
      if (entry !== undefined) return { limits: limitsOf(entry), problem: known.problem };
      const dropped = known.dropped.find(isIt);
      if (dropped === undefined) return { limits: null, problem: known.problem };
      return { limits: limitsOf(dropped), problem: known.problem ?? NOT_NAMED };
    },
  };
}

/** @param mark of before it is read: one that is written meanwhile is read once more */
function readAgain(file: string, mark: string, before: Known): Known {
  try {
    const entries = read(file, mark);
    const isNamed = (one: AccountEntry) => entries.some((entry) => isSame(entry, one));
    const dropped = [...before.entries, ...before.dropped].filter((one) => !isNamed(one) && setsLimits(one));
    return { mark, entries, dropped, problem: null };
  } catch (error) {
    if (!(error instanceof AccountsFileError)) throw error;
    return { ...before, mark, problem: error.message };
  }
}

function isSame(entry: AccountEntry, { provider, account }: AccountOrder): boolean {
  return entry.provider === provider && entry.account === account;
}

/** One that was named without any was named to be rid of them. */
function setsLimits({
  slots,
  submissionsPerMinute,
  creditsPerDay,
  paused,
  eachCustomer,
  customers,
}: AccountEntry): boolean {
  const isOwn = [slots, submissionsPerMinute, creditsPerDay].some((limit) => limit !== undefined);
  return isOwn || paused || Object.keys(eachCustomer).length > 0 || customers.length > 0;
}

function read(file: string, mark: string): readonly AccountEntry[] {
  if (mark === ABSENT) return [];
  const parsed = accountsSchema.safeParse(contentOf(file));
  if (parsed.success) return parsed.data.accounts;
  throw new AccountsFileError(`${file} is not right:\n${parsed.error.issues.map(problemLine).join('\n')}`);
}

function contentOf(file: string): unknown {
  try {
    return parse(readFileSync(file, 'utf8'), { maxAliasCount: 0 });
  } catch (error) {
    const what = isSystemError(error) ? 'cannot be read' : 'is not YAML';
    throw new AccountsFileError(`${file} ${what}: ${errorMessage(error).split('\n')[0] ?? ''}`);
  }
}

function problemLine({ path, message }: z.core.$ZodIssue): string {
  const place = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return `  ${place.replace(/^\./, '') || 'the file'}: ${message}`;
}

const ABSENT = 'absent';

/** One that is replaced by another file within a millisecond has another number. */
function markOf(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? ABSENT : [stats.mtimeMs, stats.size, stats.ino].join(' ');
}

function limitsOf(entry: AccountEntry): Omit<AccountLimits, 'isExclusive'> {
  const {
    slots = null,
    submissionsPerMinute = null,
    creditsPerDay = null,
    paused,
    eachCustomer,
    customers,
  } = entry;
  return {
    slots,
    submissionsPerMinute,
    creditsPerDay,
    isPaused: paused,
    eachCustomer: customerLimitsOf(eachCustomer),
    customers: Object.fromEntries(customers.map((one) => [one.customer, customerLimitsOf(one)])),
  };
}

function customerLimitsOf({
  slots,
  creditsPerDay,
}: {
  slots?: number | undefined;
  creditsPerDay?: number | undefined;
}) {
  return { slots: slots ?? null, creditsPerDay: creditsPerDay ?? null };
}
