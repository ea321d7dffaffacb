import { MINUTE_MS, type AccountBook } from './account-book';

/** Somebody else's training at the provider ends without a word to us, so one more is tried this late. */
const TRY_AFTER_MS = 5 * MINUTE_MS;

/** The provider has said that it takes no more than there are. */
export function noteFull(book: AccountBook, nowMs: number, afterMs: number): void {
  const tryAtMs = nowMs + Math.max(afterMs, TRY_AFTER_MS);
  book.full = { inFlight: inFlight(book), tryAtMs, isTrying: false };
}

/** It has taken one. Where that was one more than before, there may be room for another. */
export function noteTaken(book: AccountBook, nowMs: number): void {
  const { full } = book;
  if (full === null) return;
  const now = inFlight(book);
  if (full.isTrying && now >= full.inFlight) full.tryAtMs = nowMs;
  full.inFlight = Math.max(full.inFlight, now);
}

/** One more at a time: were all to try at once, each would pay for an upload that comes to nothing. */
export function tryOneMore(book: AccountBook, nowMs: number): void {
  if (book.full === null) return;
  const slots = book.limits?.slots ?? Infinity;
  if (book.full.inFlight >= slots || book.queue.length === 0) {
    book.full = null;
    return;
  }
  if (nowMs < book.full.tryAtMs) return;
  const held = Object.keys(book.holders).length;
  book.full = { inFlight: held + 1, tryAtMs: nowMs + TRY_AFTER_MS, isTrying: true };
}

function inFlight({ holders }: AccountBook): number {
  return Object.values(holders).filter(({ isTraining }) => isTraining).length;
}
