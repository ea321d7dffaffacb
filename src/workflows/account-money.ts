import type { AccountAsk, LedgerLine, Payment } from '../contract/account';
import type { Charge } from '../contract/result';
import { holderOf, keyOf, type AccountBook } from './account-book';

type Line = Omit<LedgerLine, 'n' | 'atMs' | 'what' | 'key'> & Partial<Pick<LedgerLine, 'what' | 'key'>>;

export function write(book: AccountBook, nowMs: number, line: Line): void {
  book.lines.push({ what: null, key: null, ...line, n: book.nextLine, atMs: nowMs });
  book.nextLine += 1;
}

/** Gives a training its slot, and sets aside what it asked for. */
export function setAside(
  book: AccountBook,
  nowMs: number,
  { id, ask, paidKeys }: { id: string; ask: AccountAsk; paidKeys: string[] },
): void {
  book.holders[keyOf(id)] = {
    ask,
    reserved: ask.credits,
    paidKeys,
    isTraining: false,
    turn: 'wanted',
    seenAtMs: nowMs,
  };
  book.wanting.push(id);
  write(book, nowMs, { kind: 'reserved', training: id, customer: ask.customer, credits: ask.credits });
}

/** Books what was paid and nobody has told before. */
export function pay(
  book: AccountBook,
  nowMs: number,
  { id, ask: { customer }, payments }: { id: string; ask: AccountAsk; payments: readonly Payment[] },
): void {
  const holder = holderOf(book, id);
  const paidKeys =
    (holder ?? book.queue.find((one) => one.id === id) ?? book.ended.find((one) => one.id === id))
      ?.paidKeys ?? [];
  for (const { key, what, credits } of payments) {
    if (paidKeys.includes(key)) continue;
    paidKeys.push(key);
    const to = what === 'unknown' ? book.unknown : book.spent;
    to[keyOf(customer)] = (to[keyOf(customer)] ?? 0) + credits;
    if (book.balance !== null) book.balance.paidSince += credits;
    if (holder !== null) holder.reserved = Math.max(holder.reserved - credits, 0);
    const kind = what === 'unknown' ? 'unknown' : 'charged';
    write(book, nowMs, { kind, training: id, customer, what, key, credits });
  }
}

/** Takes the slot back, and what is still set aside: paid perhaps, or not. */
export function close(
  book: AccountBook,
  nowMs: number,
  { id, charge }: { id: string; charge: Charge },
): void {
  const holder = holderOf(book, id);
  if (holder === null) return;
  const { customer } = holder.ask;
  const of = { training: id, customer };
  if (holder.reserved > 0 && charge === 'unknown') {
    book.unknown[keyOf(customer)] = (book.unknown[keyOf(customer)] ?? 0) + holder.reserved;
    write(book, nowMs, { kind: 'unknown', ...of, credits: holder.reserved });
  } else if (holder.reserved > 0) write(book, nowMs, { kind: 'refunded', ...of, credits: holder.reserved });
  write(book, nowMs, { kind: 'ended', ...of, credits: 0 });
  leaveSlot(book, id);
}

export function leaveSlot(book: AccountBook, id: string): void {
  Reflect.deleteProperty(book.holders, keyOf(id));
  book.wanting = book.wanting.filter((one) => one !== id);
}
