import {
  CancellationScope,
  condition,
  continueAsNew,
  patched,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { AccountOrder, AccountWord } from '../contract/account';
import { MINUTE_MS, nextDayMs, type AccountBook } from './account-book';
import { inBackground } from './account-background';
import { announceAccount, beginAccount, isBusy, type AccountRun } from './account-run';
import { serve } from './account-serve';
import { hasTurns, nextTurnMs } from './account-turns';
import { setAside } from './account-money';
import { forgetShares } from './account-totals';
import { isOfNobody, isQueued, leaveQueue, take } from './account-words';
import { answerTrainings } from './answer-trainings';
import { keepLedger } from './keep-ledger';
import { lookAtAccount } from './look-at-account';
import { recoverAccount } from './recover-account';

/** A training that died gives its slot back, and a changed `accounts.yaml` is obeyed, this late. */
const LOOK_EVERY_MS = MINUTE_MS;
/** Of the store. */
const WRITE_AGAIN_AFTER_MS = MINUTE_MS;
/** After this time with nothing to do its history starts over, so that no release to come has to replay a long one. */
const IDLE_MS = 60 * MINUTE_MS;
const SHORT_HISTORY_EVENTS = 50;
const GIVE_UP_AFTER_MS = 10_000;

/**
 * The gate of one account: who may train now, and for how many credits. One workflow for each account, which takes in one word
 * after the other, so that no two can have the same slot or the same credits. It cannot be canceled: whoever waits would wait for ever.
 *
 * @param carried only for continue-as-new: all that it knows
 */
export function account(order: AccountOrder, carried?: AccountBook): Promise<void> {
  return CancellationScope.nonCancellable(() => keep(beginAccount(order, carried)));
}

async function keep(run: AccountRun): Promise<void> {
  if (!run.book.isRecovered) await recoverAccount(run);
  for (;;) {
    const isLook = isLookDue(run);
    if (isLook) startLook(run);
    // After a long rest what it knows of the limits is old, and whoever comes first would have them.
    if (isLook && Object.keys(run.book.holders).length === 0)
      await condition(() => !run.isLooking, GIVE_UP_AFTER_MS);
    run.isWoken = false;
    const words = run.inbox.splice(0);
    takeAll(run, words);
    giveSlotsWithTurns(run);
    const heard = new Set(words.filter(({ word }) => word === 'ask' || word === 'turn').map(({ id }) => id));
    const answers = serve(run.book, { heard, tell: isLook ? 'all' : 'heard', nowMs: Date.now() });
    announceAccount(run);
    startWriting(run);
    await answerTrainings(run, answers);
    await heardOrDue(run);
    await handOverIfSuggested(run);
  }
}

/**
 * Whoever was let in and had to wait for a turn had left the queue, in which the urgent go first and no time is used up. Each run says so
 * in its history, so that no worker of an older release goes on with it.
 */
function giveSlotsWithTurns({ book }: AccountRun): void {
  if (!book.isSlotWithTurn && hasTurns(book) && patched('slot-with-turn')) book.isSlotWithTurn = true;
}

function takeAll({ book }: AccountRun, words: readonly AccountWord[]): void {
  for (const word of words) {
    if (isOfNobody(book, word) && patched('unknown-of-nobody'))
      setAside(book, Date.now(), { ...word, paidKeys: [] });
    if (word.word === 'called' && isQueued(book, word.id) && patched('called-from-the-queue'))
      leaveQueue(book, word.id);
    // An older release takes it for no word.
    if (word.word !== 'sent' || patched('hears-sent')) take(book, word, Date.now());
  }
}

function isLookDue(run: AccountRun): boolean {
  const isDue = Date.now() >= run.nextLookAtMs && isBusy(run);
  return !run.isLooking && (run.isNudged || isDue);
}

function startLook(run: AccountRun): void {
  const whom = run.isNudged ? 'all' : 'unheard';
  run.isNudged = false;
  run.nextLookAtMs = Date.now() + LOOK_EVERY_MS;
  inBackground(run, 'isLooking', () => lookAtAccount(run, whom));
}

function startWriting(run: AccountRun): void {
  if (run.book.lines.length === 0 || run.isWriting || Date.now() < run.writeAgainAtMs) return;
  run.writeAgainAtMs = Date.now() + WRITE_AGAIN_AFTER_MS;
  inBackground(run, 'isWriting', async () => {
    await keepLedger(run);
    run.writeAgainAtMs = Date.now();
  });
}

async function heardOrDue(run: AccountRun): Promise<void> {
  startTimer(run, dueAtMs(run));
  const isNews = () => run.inbox.length > 0 || run.isWoken || (run.isNudged && !run.isLooking);
  await condition(isNews);
}

function dueAtMs(run: AccountRun): number {
  const { book } = run;
  const nowMs = Date.now();
  const due = [
    ...(book.lines.length > 0 && !run.isWriting ? [run.writeAgainAtMs] : []),
    ...(isBusy(run) && !run.isLooking ? [run.nextLookAtMs] : []),
    ...(book.queue.length > 0 ? [nextDayMs(nowMs), book.full?.tryAtMs ?? Infinity] : []),
    nextTurnMs(book) ?? Infinity,
  ];
  const isLong = workflowInfo().historyLength > SHORT_HISTORY_EVENTS;
  return Math.min(...due, isLong ? nowMs + IDLE_MS : Infinity);
}

/** One that runs and fires earlier does as well: whoever is woken looks at the clock again. */
function startTimer(run: AccountRun, dueMs: number): void {
  if (dueMs === Infinity || (run.timerAtMs !== null && run.timerAtMs <= dueMs)) return;
  run.timerAtMs = dueMs;
  void sleep(Math.max(dueMs - Date.now(), 1000), { summary: 'next look' }).then(() => {
    if (run.timerAtMs === dueMs) run.timerAtMs = null;
    run.isWoken = true;
  });
}

/** Also after a long rest: an idle history is short. */
async function handOverIfSuggested(run: AccountRun): Promise<void> {
  const { continueAsNewSuggested, historyLength } = workflowInfo();
  const isIdle = !isBusy(run) && run.book.lines.length === 0 && Date.now() >= run.nextLookAtMs + IDLE_MS / 2;
  if (!continueAsNewSuggested && !(isIdle && historyLength > SHORT_HISTORY_EVENTS)) return;
  const isQuiet = () => !run.isLooking && !run.isWriting;
  if (!(await condition(isQuiet, GIVE_UP_AFTER_MS))) run.background.cancel();
  await condition(isQuiet);
  takeAll(run, run.inbox.splice(0));
  forgetShares(run.book);
  await continueAsNew<typeof account>(run.order, run.book);
}
