import { readFileSync, statSync } from 'node:fs';
import { parse } from 'yaml';
import type { z } from 'zod';
import type { AccountLimits } from '../contract/account';
import { errorMessage, isSystemError } from '../error-facts';
import { accountsSchema, type AccountEntry } from './limits-schema';

/** `accounts.yaml` cannot be used. Names every place that is wrong. */
export class AccountsFileError extends Error {
  override name = 'AccountsFileError' as const;
}

/** The limits of accounts, as a file has them now. */
export interface LimitsFile {
  /**
   * Null where the account has none, and so no gate. Where the file has become wrong, what it said before goes on, and `problem`
   * says what is wrong.
   */
  of(
    provider: string,
    account: string,
  ): { limits: Omit<AccountLimits, 'isExclusive'> | null; problem: string | null };
}

/**
 * Reads the file again when it has changed. Where there is none, no account has limits.
 *
 * @throws AccountsFileError where it is wrong from the start
 */
export function limitsFile(file: string): LimitsFile {
  let known: { mark: string; entries: readonly AccountEntry[]; problem: string | null } = {
    ...read(file),
    problem: null,
  };
  return {
    of(provider, account) {
      if (markOf(file) !== known.mark) known = readAgain(file, known);
      const entry = known.entries.find((one) => one.provider === provider && one.account === account);
      return { limits: entry === undefined ? null : limitsOf(entry), problem: known.problem };
    },
  };
}

function readAgain(file: string, { entries }: { entries: readonly AccountEntry[] }) {
  try {
    return { ...read(file), problem: null };
  } catch (error) {
    if (!(error instanceof AccountsFileError)) throw error;
    return { mark: markOf(file), entries, problem: error.message };
  }
}

function read(file: string): { mark: string; entries: readonly AccountEntry[] } {
  const mark = markOf(file);
  if (mark === ABSENT) return { mark, entries: [] };
  const parsed = accountsSchema.safeParse(contentOf(file));
  if (parsed.success) return { mark, entries: parsed.data.accounts };
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
