import type { AccountWord } from '../contract/account';
import { holderOf, turnPage, type AccountBook, type Holder } from './account-book';
import { close, leaveSlot, pay, setAside, write } from './account-money';
import { noteFull, noteTaken } from './account-full';
import { endTurn } from './account-turns';

/** Of those that wait and those that have a slot; see `AccountBook`. */
export const MOST_KNOWN = 4000;
const MOST_ENDED = 1000;

/** Takes in what a training tells. */
export function take(book: AccountBook, word: AccountWord, nowMs: number): void {
  turnPage(book, nowMs);
  const { id, ask } = word;
  if (word.word === 'ask') enqueue(book, word);
  else if (word.word !== 'ended' && !isKnown(book, id))
    setAside(book, nowMs, { ...word, paidKeys: keysOfEnded(book, id) });
  pay(book, nowMs, word);
  const holder = holderOf(book, id);
  if (holder !== null) Object.assign(holder, { ask, seenAtMs: nowMs });
  switch (word.word) {
    case 'ask':
    case 'turn':
      if (holder !== null) wantTurn(book, { id, holder, nowMs });
      return;
    case 'sent':
      // Where it is the only one, the balance is evidence of what became of it, until that is known.
      if (holder !== null && book.limits?.isExclusive !== true) endTurn(book, holder, nowMs);
      return;
    case 'called':
      if (holder === null) return;
      holder.isTraining = word.isTraining;
      if (word.isTraining) noteTaken(book, nowMs);
      endTurn(book, holder, nowMs);
      book.wanting = book.wanting.filter((one) => one !== id);
      return;
    case 'full':
      if (holder === null) return;
      goBack(book, { id, holder, nowMs });
      noteFull(book, nowMs, word.afterMs);
      return;
    case 'ended':
      leave(book, word, nowMs);
  }
}

function enqueue(book: AccountBook, { id, ask }: AccountWord): void {
  if (isKnown(book, id)) return;
  if (book.queue.length + Object.keys(book.holders).length >= MOST_KNOWN) return;
  book.queue.push({ id, ask, isBack: false, paidKeys: keysOfEnded(book, id), told: '', isJudged: false });
}

/** A call for which nothing is set aside any more, after one of which nobody knows, has to get its credits first. */
function wantTurn(book: AccountBook, of: { id: string; holder: Holder; nowMs: number }): void {
  const { id, holder } = of;
  // Also one that was reset to before its submission: it does not know what it has.
  holder.isTraining = false;
  if (holder.turn !== 'none') return;
  if (holder.reserved < holder.ask.attemptCredits) {
    goBack(book, of);
    return;
  }
  holder.turn = 'wanted';
  book.wanting.push(id);
}

/** It has lost its slot, and is the first to get one. */
function goBack(
  book: AccountBook,
  { id, holder, nowMs }: { id: string; holder: Holder; nowMs: number },
): void {
  const { ask, reserved, paidKeys } = holder;
  if (reserved > 0)
    write(book, nowMs, { kind: 'refunded', training: id, customer: ask.customer, credits: reserved });
  leaveSlot(book, id);
  const credits = Math.max(reserved, ask.attemptCredits);
  book.queue.unshift({ id, ask: { ...ask, credits }, isBack: true, paidKeys, told: '', isJudged: true });
}

function leave(book: AccountBook, word: Extract<AccountWord, { word: 'ended' }>, nowMs: number): void {
  const { id, charge } = word;
  const known = holderOf(book, id) ?? book.queue.find((one) => one.id === id);
  const paidKeys = known?.paidKeys ?? keysOfEnded(book, id);
  close(book, nowMs, { id, charge });
  book.queue = book.queue.filter((waiting) => waiting.id !== id);
  for (const { key } of word.payments) if (!paidKeys.includes(key)) paidKeys.push(key);
  keepPaid(book, id, paidKeys);
}

/** It may have paid, and the account has never heard of it: what it may have cost is set aside first, so that it is kept. */
export function isOfNobody(book: AccountBook, word: AccountWord): boolean {
  if (word.word !== 'ended' || word.charge !== 'unknown') return false;
  return !isKnown(book, word.id) && !book.ended.some(({ id }) => id === word.id);
}

/** It has made its call, whatever it waited for: one that was started again, and is on record as sent, asks for nothing. */
export function leaveQueue(book: AccountBook, id: string): void {
  const waiting = book.queue.find((one) => one.id === id);
  if (waiting === undefined) return;
  book.queue = book.queue.filter((one) => one !== waiting);
  keepPaid(book, id, waiting.paidKeys);
}

/** What it has paid is not booked again when it is heard of once more. */
function keepPaid(book: AccountBook, id: string, paidKeys: string[]): void {
  book.ended = [...book.ended.filter((one) => one.id !== id), { id, paidKeys }].slice(-MOST_ENDED);
}

export function isQueued(book: AccountBook, id: string): boolean {
  return book.queue.some((waiting) => waiting.id === id);
}

function keysOfEnded({ ended }: AccountBook, id: string): string[] {
  return [...(ended.find((one) => one.id === id)?.paidKeys ?? [])];
}

function isKnown(book: AccountBook, id: string): boolean {
  return holderOf(book, id) !== null || isQueued(book, id);
}
