import {
  ActivityFailure,
  condition,
  continueAsNew,
  isCancellation,
  log,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { AccountOrder } from '../contract/account';
import { serve } from './account-answers';
import { MINUTE_MS, nextDayMs, type AccountBook } from './account-book';
import { announceAccount, beginAccount, type AccountRun } from './account-run';
import { nextTurnMs } from './account-turns';
import { take } from './account-words';
import { answerTrainings } from './answer-trainings';
import { keepLedger } from './keep-ledger';
import { lookAtAccount } from './look-at-account';
import { recoverAccount } from './recover-account';

/** A training that died gives its slot back, and a changed `accounts.yaml` is obeyed, this late. */
const LOOK_EVERY_MS = MINUTE_MS;
/** What it knows stands in the ledger by then; the next training that asks starts it again. */
const IDLE_MS = 60 * MINUTE_MS;

/**
 * The gate of one account: who may train now, and for how many credits. One workflow for each account, which takes in one word
 * after the other, so that no two can have the same slot or the same credits.
 *
 * @param carried only for continue-as-new: all that it knows
 */
export async function account(order: AccountOrder, carried?: AccountBook): Promise<void> {
  const run = beginAccount(order, carried);
  if (!run.book.isRecovered) await recoverAccount(run);
  while (!isIdle(run)) {
    const isLook = startLook(run);
    run.isWoken = false;
    const words = run.inbox.splice(0);
    for (const word of words) take(run.book, word, Date.now());
    const heard = new Set(words.map(({ id }) => id));
    const answers = serve(run.book, { heard, tell: isLook ? 'all' : 'heard', nowMs: Date.now() });
    announceAccount(run);
    if (run.book.lines.length > 0 && !run.isWriting) inBackground(run, 'isWriting', () => keepLedger(run));
    await answerTrainings(run, answers);
    await heardOrDue(run);
    await handOverIfSuggested(run);
  }
}

/** @returns whether one was due */
function startLook(run: AccountRun): boolean {
  if (run.isLooking || (!run.isNudged && Date.now() < run.nextLookAtMs)) return false;
  const whom = run.isNudged ? 'all' : 'unheard';
  run.isNudged = false;
  run.nextLookAtMs = Date.now() + LOOK_EVERY_MS;
  inBackground(run, 'isLooking', () => lookAtAccount(run, whom));
  return true;
}

function isIdle({ inbox, book, isLooking, isWriting, idleSinceMs }: AccountRun): boolean {
  const isQuiet =
    inbox.length + book.queue.length + Object.keys(book.holders).length + book.lines.length === 0 &&
    !isLooking &&
    !isWriting;
  return isQuiet && Date.now() - idleSinceMs >= IDLE_MS;
}

async function heardOrDue(run: AccountRun): Promise<void> {
  const { book } = run;
  const isBusy = book.queue.length > 0 || Object.keys(book.holders).length > 0;
  const nowMs = Date.now();
  if (isBusy || run.inbox.length > 0) run.idleSinceMs = nowMs;
  const dueMs = isBusy
    ? Math.min(
        run.nextLookAtMs,
        nextTurnMs(book) ?? Infinity,
        book.full?.untilMs ?? Infinity,
        book.queue.length > 0 ? nextDayMs(nowMs) : Infinity,
      )
    : run.idleSinceMs + IDLE_MS;
  startTimer(run, dueMs);
  await condition(() => run.inbox.length > 0 || run.isWoken || (run.isNudged && !run.isLooking));
}

/** One that runs and fires earlier does as well: whoever is woken looks at the clock again. */
function startTimer(run: AccountRun, dueMs: number): void {
  if (run.timerAtMs !== null && run.timerAtMs <= dueMs) return;
  run.timerAtMs = dueMs;
  void sleep(Math.max(dueMs - Date.now(), 1), { summary: 'next look' }).then(() => {
    if (run.timerAtMs === dueMs) run.timerAtMs = null;
    run.isWoken = true;
  });
}

/** Nobody waits for the provider's balance, or for the store, to get a slot. */
function inBackground(run: AccountRun, flag: 'isLooking' | 'isWriting', work: () => Promise<void>): void {
  run[flag] = true;
  void work()
    .catch((error: unknown) => {
      if (!(error instanceof ActivityFailure) || isCancellation(error)) throw error;
      log.warn('the account goes on without', { what: flag, error: String(error.cause?.message) });
    })
    .finally(() => {
      run[flag] = false;
      run.isWoken = true;
    });
}

async function handOverIfSuggested(run: AccountRun): Promise<void> {
  if (!workflowInfo().continueAsNewSuggested) return;
  await condition(() => !run.isLooking && !run.isWriting);
  for (const word of run.inbox.splice(0)) take(run.book, word, Date.now());
  await continueAsNew<typeof account>(run.order, run.book);
}
