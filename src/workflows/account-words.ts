import type { AccountWord } from '../contract/account';
import { assertNever } from '../contract/assert-never';
import { MINUTE_MS, turnPage, type AccountBook } from './account-book';
import { pay, reserve, settle, write } from './account-money';

const MAX_WAITING = 10_000;
const MAX_ENDED = 500;
/** A place at the provider becomes free when somebody else's training ends, of which nobody tells. */
const FULL_FOR_MS = 5 * MINUTE_MS;

/** Takes in what a training tells. */
export function take(book: AccountBook, word: AccountWord, nowMs: number): void {
  turnPage(book, nowMs);
  const { id, ask } = word;
  const isOver = book.ended.includes(id) && word.word !== 'ask';
  if (isOver) return;
  if (word.word === 'ask') book.ended = book.ended.filter((one) => one !== id);
  else if (!isKnown(book, id) && word.word !== 'ended') reserve(book, nowMs, { id, ask, paidKeys: [] });
  pay(book, nowMs, word);
  const holder = holderOf(book, id);
  if (holder !== undefined) holder.seenAtMs = nowMs;
  switch (word.word) {
    case 'ask':
      if (!isKnown(book, id) && book.queue.length < MAX_WAITING)
        book.queue.push({ id, ask, isBack: false, paidKeys: [], told: '' });
      return;
    case 'turn':
      if (holder?.turn !== 'none') return;
      holder.turn = 'wanted';
      book.wanting.push(id);
      return;
    case 'settled':
      if (holder !== undefined) holder.turn = 'none';
      book.wanting = book.wanting.filter((one) => one !== id);
      return;
    case 'full':
      goBack(book, id, nowMs);
      return;
    case 'ended':
      settle(book, nowMs, { id, charge: word.charge });
      book.queue = book.queue.filter((waiting) => waiting.id !== id);
      book.ended = [...book.ended, id].slice(-MAX_ENDED);
      return;
    default:
      assertNever(word);
  }
}

/** It has lost its slot, and is the first to get one. */
function goBack(book: AccountBook, id: string, nowMs: number): void {
  const holder = holderOf(book, id);
  if (holder === undefined) return;
  const { ask, reserved, paidKeys } = holder;
  Reflect.deleteProperty(book.holders, id);
  book.wanting = book.wanting.filter((one) => one !== id);
  if (reserved > 0)
    write(book, nowMs, { kind: 'refunded', training: id, customer: ask.customer, credits: reserved });
  book.queue.unshift({ id, ask, isBack: true, paidKeys, told: '' });
  const inFlight = Object.values(book.holders).filter(({ isTraining }) => isTraining).length;
  book.full = { inFlight, untilMs: nowMs + FULL_FOR_MS };
}

function holderOf({ holders }: AccountBook, id: string) {
  return Object.hasOwn(holders, id) ? holders[id] : undefined;
}

function isKnown(book: AccountBook, id: string): boolean {
  return holderOf(book, id) !== undefined || book.queue.some((waiting) => waiting.id === id);
}
