import {
  CancellationScope,
  defineQuery,
  defineSignal,
  log,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { AccountOrder, AccountWord } from '../contract/account';
import type { AccountStatus } from '../contract/account-status';
import { ACCOUNT_QUERY, ACCOUNT_SIGNAL } from '../contract/names';
import { freshBook, type AccountBook } from './account-book';
import { accountLine, statusOfAccount } from './account-status';
import { isAccountWord } from './account-word-check';
import { nudgeSignal } from './messages';

const accountQuery = defineQuery<AccountStatus>(ACCOUNT_QUERY);
const accountSignal = defineSignal<[AccountWord]>(ACCOUNT_SIGNAL);

/** One execution of the workflow. Instants are Unix milliseconds. */
export interface AccountRun {
  readonly id: string;
  readonly order: AccountOrder;
  readonly book: AccountBook;
  /** Heard, and not taken in yet. */
  readonly inbox: AccountWord[];
  /** Calls that nobody waits for; they are given up when the history starts over. */
  readonly background: CancellationScope;
  isLooking: boolean;
  isWriting: boolean;
  /** When limits, balance and holders are looked at again, and the earliest time at which lines are written. */
  nextLookAtMs: number;
  writeAgainAtMs: number;
  /** Null where no timer runs. */
  timerAtMs: number | null;
  /** Somebody wants everything to be looked at now. */
  isNudged: boolean;
  /** Something has happened that is no word of a training. */
  isWoken: boolean;
}

export function beginAccount(order: AccountOrder, carried: AccountBook | undefined): AccountRun {
  const { workflowId, continuedFromExecutionRunId = '' } = workflowInfo();
  const nowMs = Date.now();
  const account: AccountRun = {
    id: workflowId,
    order,
    // Only an earlier run of its own may say what it knows.
    book: {
      ...freshBook(nowMs),
      ...(continuedFromExecutionRunId === '' ? undefined : carried),
      isSlotWithTurn: false,
    },
    inbox: [],
    background: new CancellationScope({ cancellable: true }),
    isLooking: false,
    isWriting: false,
    nextLookAtMs: nowMs,
    writeAgainAtMs: nowMs,
    timerAtMs: null,
    isNudged: false,
    isWoken: false,
  };
  setHandler(accountQuery, () => statusOfAccount(account), {
    description: 'Slots, who waits and why, credits.',
  });
  setHandler(accountSignal, (word) => hear(account, word), {
    description: 'Of the trainings on this account.',
  });
  setHandler(nudgeSignal, () => void (account.isNudged = true), {
    description: 'Read accounts.yaml and the balance now, and look whether all that have a slot are there.',
  });
  announceAccount(account);
  return account;
}

function hear(account: AccountRun, word: unknown): void {
  if (isAccountWord(word)) account.inbox.push(word);
  else log.warn('a signal is no word of a training', { account: account.id });
}

export function announceAccount(account: AccountRun): void {
  setCurrentDetails(accountLine(account));
}

export function isBusy({ book, inbox }: AccountRun): boolean {
  return inbox.length + book.queue.length + Object.keys(book.holders).length > 0;
}
