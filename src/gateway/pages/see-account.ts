import { askedDays } from '../../accounts/asked-days';
import { sumLedger, unexplained, type Difference, type LedgerSum } from '../../accounts/sum-ledger';
import { NoWorkerError, type AccountStatus, type Darkroom, type ListedAccount } from '../../client';
import { accountWorkflowId, type LedgerLine } from '../../contract/account';
import { utcDay } from '../../contract/day';
import { StorageError, type Storage } from '../../storage/port';
import { ProblemError } from '../api/problem';
import { problemOfError } from '../api/problem-of-error';
import { knownAccount, type AccountName } from '../known-account';
import { readLedger } from '../read-ledger';
import { soon, within } from '../soon';

export interface SeenAccounts {
  /** `status`: null where nobody answers for it. */
  accounts: (ListedAccount & { status: AccountStatus | null })[];
  /** The day, UTC. */
  today: string;
}

export async function seeAccounts(darkroom: Darkroom): Promise<SeenAccounts> {
  const listed = await darkroom.accounts();
  const accounts = await Promise.all(
    listed.map(async (one) => {
      const status = await soon(one.id, darkroom.account(one.provider, one.account)).catch(() => null);
      return { ...one, status };
    }),
  );
  return { accounts, today: utcDay(Date.now()) };
}

export type SeenLedger =
  | { is: 'read'; byCustomer: LedgerSum[]; byDay: LedgerSum[]; difference: Difference | null }
  | { is: 'not-read'; why: string };

export interface SeenAccount extends AccountName {
  /** Of the workflow that is its gate. */
  id: string;
  /** Null where no worker answers, and `trouble` says so. */
  status: AccountStatus | null;
  trouble: string | null;
  today: string;
  ledger: SeenLedger;
}

/** @throws ProblemError where no training has asked it for a place, and what says that Temporal is away */
export async function seeAccount(
  darkroom: Darkroom,
  store: Storage,
  name: AccountName,
): Promise<SeenAccount> {
  const id = accountWorkflowId(name.provider, name.account);
  const [answer, ledger] = await Promise.all([
    soon(id, knownAccount(darkroom, name)).then(
      (status) => ({ status, trouble: null }),
      (error: unknown) => ({ status: null, trouble: whyNot(error) }),
    ),
    seeLedger(store, name),
  ]);
  return { ...name, id, ...answer, today: utcDay(Date.now()), ledger };
}

function whyNot(error: unknown): string {
  if (error instanceof NoWorkerError) return error.message;
  throw error;
}

/** Of the last 30 days. The account can be seen without it. */
async function seeLedger(store: Storage, name: AccountName): Promise<SeenLedger> {
  try {
    const days = askedDays({}, { nowMs: Date.now(), nameOf: (which) => which });
    const lines = await patiently(readLedger(store, name, days));
    return {
      is: 'read',
      byCustomer: sumLedger(lines, 'customer', name.account),
      byDay: sumLedger(lines, 'day', name.account),
      difference: unexplained(lines),
    };
  } catch (error) {
    if (!(error instanceof StorageError || error instanceof ProblemError)) throw error;
    return { is: 'not-read', why: problemOfError(error).message };
  }
}

/** That of a busy account in a bucket is thousands of files. */
const LEDGER_WAIT_MS = 10_000;

function patiently(lines: Promise<LedgerLine[]>): Promise<LedgerLine[]> {
  return within(LEDGER_WAIT_MS, lines, () => {
    const words =
      'The ledger is too long to be read for a page; darkroom credits sums it up, and so does the API';
    return new ProblemError('too-many', words);
  });
}
