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
  while (book.wanting.length > 0 && isTurnFree(book)) {
    const id = book.wanting.shift() ?? '';
    const holder = holderOf(book, id);
    if (holder === null) continue;
    holder.turn = 'held';
    if (limits !== null && limits.submissionsPerMinute !== null) {
      book.turns.push(nowMs);
      if (book.isSlotWithTurn) holder.turnAtMs = nowMs;
    }
    given.push(id);
  }
  return given;
}

/** Whether one that is let in now would have to wait for its turn: then it is not let in. Pure. */
export function isTurnMissing(book: AccountBook): boolean {
  if (!book.isSlotWithTurn || !hasTurns(book)) return false;
  return book.wanting.length > 0 || !isTurnFree(book);
}

function isTurnFree(book: AccountBook): boolean {
  const { limits, turns, holders } = book;
  const isOthers = limits?.isExclusive === true && Object.values(holders).some(isCalling);
  const perMinute = limits?.submissionsPerMinute ?? null;
  return !isOthers && (perMinute === null || turns.length + longCalls(book) < perMinute);
}

/** Those whose upload, or call, takes longer than the minute of their turn: their submission is to come. */
function longCalls({ holders, turns }: AccountBook): number {
  const isLong = ({ turn, turnAtMs }: Holder) =>
    turn === 'held' && turnAtMs !== undefined && !turns.includes(turnAtMs);
  return Object.values(holders).filter(isLong).length;
}

/** A call that took longer than the minute of its turn counts when it was made. */
export function endTurn(book: AccountBook, holder: Holder, nowMs: number): void {
  const { turn, turnAtMs = nowMs } = holder;
  if (turn === 'held' && turnAtMs <= nowMs - MINUTE_MS) book.turns.push(nowMs);
  holder.turn = 'none';
  delete holder.turnAtMs;
}

function isCalling({ turn }: Holder): boolean {
  return turn === 'held';
}

/** When the next turn may be given by the clock alone; null: it depends on others. */
export function nextTurnMs(book: AccountBook): number | null {
  const { limits, turns, wanting, queue, isSlotWithTurn } = book;
  const perMinute = limits?.submissionsPerMinute ?? null;
  const isWanted = wanting.length > 0 || (isSlotWithTurn && queue.length > 0);
  if (!isWanted || perMinute === null || turns.length + longCalls(book) < perMinute) return null;
  return turns[0] === undefined ? null : turns[0] + MINUTE_MS;
}
