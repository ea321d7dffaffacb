import { holderOf, MINUTE_MS, type AccountBook, type Holder } from './account-book';

/** Whether paid calls have to wait for each other at all. */
export function hasTurns({ limits }: AccountBook): boolean {
  return limits !== null && (limits.isExclusive || limits.submissionsPerMinute !== null);
}

/** Gives turns to those that may have one now, in the order in which they wanted it. */
export function giveTurns(book: AccountBook, nowMs: number): string[] {
  const { limits } = book;
  book.turns = book.turns.filter((atMs) => atMs > nowMs - MINUTE_MS);
  const given: string[] = [];
  while (book.wanting.length > 0 && isFree()) {
    const id = book.wanting.shift() ?? '';
    const holder = holderOf(book, id);
    if (holder === null) continue;
    holder.turn = 'held';
    if (limits !== null && limits.submissionsPerMinute !== null) book.turns.push(nowMs);
    given.push(id);
  }
  return given;

  function isFree(): boolean {
    const isOthers = limits?.isExclusive === true && Object.values(book.holders).some(isCalling);
    const perMinute = limits?.submissionsPerMinute ?? null;
    return !isOthers && (perMinute === null || book.turns.length < perMinute);
  }
}

function isCalling({ turn }: Holder): boolean {
  return turn === 'held';
}

/** When the next turn may be given by the clock alone; null: it depends on others. */
export function nextTurnMs({ limits, turns, wanting }: AccountBook): number | null {
  const perMinute = limits?.submissionsPerMinute ?? null;
  if (wanting.length === 0 || perMinute === null || turns.length < perMinute) return null;
  return (turns[0] ?? 0) + MINUTE_MS;
}
