import { defineQuery, defineSignal, setCurrentDetails, setHandler, workflowInfo } from '@temporalio/workflow';
import type { AccountOrder, AccountStatus, AccountWord } from '../contract/account';
import { ACCOUNT_QUERY, ACCOUNT_SIGNAL } from '../contract/names';
import { freshBook, type AccountBook } from './account-book';
import { nudgeSignal } from './messages';
import { accountLine, statusOfAccount } from './account-status';

const accountQuery = defineQuery<AccountStatus>(ACCOUNT_QUERY);
const accountSignal = defineSignal<[AccountWord]>(ACCOUNT_SIGNAL);

/** One execution of the workflow. */
export interface AccountRun {
  readonly id: string;
  readonly order: AccountOrder;
  readonly book: AccountBook;
  /** Heard, and not taken in yet. */
  readonly inbox: AccountWord[];
  isLooking: boolean;
  isWriting: boolean;
  /** When all are looked at again. Unix milliseconds, as `timerAtMs`: null where no timer runs. */
  nextLookAtMs: number;
  timerAtMs: number | null;
  /** Somebody wants everything to be looked at now. */
  isNudged: boolean;
  /** Something has happened that is no word of a training. */
  isWoken: boolean;
  /** Since when there is nothing to do. */
  idleSinceMs: number;
}

export function beginAccount(order: AccountOrder, carried: AccountBook | undefined): AccountRun {
  const { workflowId, continuedFromExecutionRunId = '' } = workflowInfo();
  const nowMs = Date.now();
  const account: AccountRun = {
    id: workflowId,
    order,
    // Only an earlier run of its own may say what it knows.
    book: { ...freshBook(nowMs), ...(continuedFromExecutionRunId === '' ? undefined : carried) },
    inbox: [],
    isLooking: false,
    isWriting: false,
    nextLookAtMs: nowMs,
    timerAtMs: null,
    isNudged: false,
    isWoken: false,
    idleSinceMs: nowMs,
  };
  setHandler(accountQuery, () => statusOfAccount(account), {
    description: 'Slots, who waits and why, credits.',
  });
  setHandler(accountSignal, (word) => void account.inbox.push(word), {
    description: 'Of the trainings on this account.',
  });
  setHandler(nudgeSignal, () => void (account.isNudged = true), {
    description: 'Read accounts.yaml and the balance now, and look whether all that have a slot are there.',
  });
  announceAccount(account);
  return account;
}

export function announceAccount(account: AccountRun): void {
  setCurrentDetails(accountLine(statusOfAccount(account)));
}
