import type { AccountAnswer } from '../contract/account';
import { holderOf, keyOf, turnPage, type AccountBook, type Waiting } from './account-book';
import { tryOneMore } from './account-full';
import { setAside } from './account-money';
import { nextIn, placesOf, waitWords, whyItWaits, whyNever } from './account-queue';
import { addTo, totalsOf } from './account-totals';
import { giveTurns, hasTurns } from './account-turns';

/** Each is an event or two, here and there. */
const MOST_TOLD = 100;

/**
 * Lets in whoever may be let in, gives turns, and says what each of these is to be told.
 *
 * @param how.heard those that have just asked for something, who get an answer whatever it is
 * @param how.tell `all`: also those that wait where what they wait for has changed
 */
export function serve(
  book: AccountBook,
  { heard, tell, nowMs }: { heard: ReadonlySet<string>; tell: 'heard' | 'all'; nowMs: number },
): Map<string, AccountAnswer> {
  turnPage(book, nowMs);
  tryOneMore(book, nowMs);
  const answers = new Map<string, AccountAnswer>();
  for (const [waiting, words] of hopeless(book)) {
    answers.set(waiting.id, { answer: 'refused', words });
    leaveQueue(book, waiting);
  }
  // Those that are in go first.
  const given = book.isSlotWithTurn ? giveTurns(book, nowMs) : [];
  const isIn = letIn(book, nowMs);
  given.push(...giveTurns(book, nowMs));
  for (const id of [...isIn, ...given, ...heard]) {
    const holder = holderOf(book, id);
    if (holder === null) continue;
    const turn = hasTurns(book) ? (holder.turn === 'held' ? 'now' : 'later') : 'free';
    answers.set(id, { answer: 'in', turn });
  }
  for (const [id, answer] of waits(book, heard, tell)) answers.set(id, answer);
  for (const id of heard) if (!answers.has(id)) answers.set(id, crowded(book));
  return answers;
}

/** It is not kept in mind, and will ask again. */
function crowded(book: AccountBook): AccountAnswer {
  const words = waitWords(book, 'crowded', null);
  return { answer: 'waits', place: book.queue.length + 1, why: 'crowded', words };
}

/** Only once: a slip of the pen in `accounts.yaml` must not end a thousand that wait. */
function hopeless(book: AccountBook): [Waiting, string][] {
  if (book.limits === null) return [];
  return book.queue.flatMap((waiting) => {
    const words = waiting.isJudged ? null : whyNever(book, waiting);
    waiting.isJudged = true;
    return words === null ? [] : [[waiting, words]];
  });
}

function letIn(book: AccountBook, nowMs: number): string[] {
  const totals = totalsOf(book);
  const ids: string[] = [];
  for (let next = nextIn(book, totals); next !== null; next = nextIn(book, totals)) {
    leaveQueue(book, next);
    setAside(book, nowMs, next);
    addTo(totals, { ask: next.ask, reserved: next.ask.credits });
    book.servings += 1;
    book.served[keyOf(next.ask.share)] = book.servings;
    ids.push(next.id);
    if (book.isSlotWithTurn) giveTurns(book, nowMs);
  }
  if (book.queue.length === 0) book.served = {};
  return ids;
}

function leaveQueue(book: AccountBook, waiting: Waiting): void {
  book.queue = book.queue.filter((one) => one !== waiting);
}

function waits(
  book: AccountBook,
  heard: ReadonlySet<string>,
  tell: 'heard' | 'all',
): [string, AccountAnswer][] {
  const isAsked = book.queue.some(({ id }) => heard.has(id));
  if (book.queue.length === 0 || (!isAsked && tell === 'heard')) return [];
  const totals = totalsOf(book);
  const places = placesOf(book.queue);
  const answers: [string, AccountAnswer][] = [];
  for (const waiting of book.queue) {
    const isHeard = heard.has(waiting.id);
    if (!isHeard && (tell === 'heard' || answers.length >= MOST_TOLD)) continue;
    const place = places.get(waiting.id) ?? 0;
    const why = whyItWaits(book, waiting, totals) ?? 'slots';
    const told = `${place} ${why}`;
    if (!isHeard && told === waiting.told) continue;
    waiting.told = told;
    const words = waitWords(book, why, waiting.ask.customer);
    answers.push([waiting.id, { answer: 'waits', place, why, words }]);
  }
  return answers;
}
