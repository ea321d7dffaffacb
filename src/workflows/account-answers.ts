import type { AccountAnswer } from '../contract/account';
import { turnPage, type AccountBook, type Waiting } from './account-book';
import { reserve } from './account-money';
import { nextIn, placesOf, waitWords, whyItWaits, whyNever } from './account-queue';
import { addTo, totalsOf } from './account-totals';
import { giveTurns, hasTurns } from './account-turns';

/** Each is an event or two, here and there. */
const MOST_TOLD = 100;

/**
 * Lets in whoever may be let in, gives turns, and says what each of these is to be told; and of those that were just heard,
 * what they wait for. `all`: also of the others, where it has changed.
 */
export function serve(
  book: AccountBook,
  { heard, tell, nowMs }: { heard: ReadonlySet<string>; tell: 'heard' | 'all'; nowMs: number },
): Map<string, AccountAnswer> {
  turnPage(book, nowMs);
  if (book.full !== null && nowMs >= book.full.untilMs) book.full = null;
  const answers = new Map<string, AccountAnswer>();
  for (const waiting of [...book.queue]) {
    const words = whyNever(book, waiting);
    if (words === null) continue;
    answers.set(waiting.id, { answer: 'refused', words });
    leave(book, waiting);
  }
  const isIn = new Set(letIn(book, nowMs));
  const given = giveTurns(book, nowMs);
  for (const id of [...isIn, ...given, ...heard]) {
    const holder = Object.hasOwn(book.holders, id) ? book.holders[id] : undefined;
    if (holder === undefined) continue;
    const turn = hasTurns(book) ? (holder.turn === 'held' ? 'now' : 'later') : 'free';
    answers.set(id, { answer: 'in', turn });
  }
  for (const [id, answer] of waits(book, heard, tell)) answers.set(id, answer);
  return answers;
}

function letIn(book: AccountBook, nowMs: number): string[] {
  const totals = totalsOf(book);
  const ids: string[] = [];
  for (let next = nextIn(book, totals); next !== null; next = nextIn(book, totals)) {
    leave(book, next);
    const { reserved } = reserve(book, nowMs, next);
    addTo(totals, { ...next.ask, reserved });
    book.servings += 1;
    book.served[next.ask.share] = book.servings;
    ids.push(next.id);
  }
  if (book.queue.length === 0) book.served = {};
  return ids;
}

function leave(book: AccountBook, waiting: Waiting): void {
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
    const place = places.get(waiting.id) ?? 0;
    const why = whyItWaits(book, waiting, totals) ?? 'slots';
    const told = `${place} ${why}`;
    if (answers.length >= MOST_TOLD && !heard.has(waiting.id)) continue;
    if (!heard.has(waiting.id) && (tell === 'heard' || told === waiting.told)) continue;
    waiting.told = told;
    const words = waitWords(book, why, waiting.ask.customer);
    answers.push([waiting.id, { answer: 'waits', place, why, words }]);
  }
  return answers;
}
