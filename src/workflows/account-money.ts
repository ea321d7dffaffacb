import type { AccountAsk, LedgerLine, Payment } from '../contract/account';
import type { Charge } from '../contract/result';
import type { AccountBook, Holder } from './account-book';

type Line = Omit<LedgerLine, 'n' | 'atMs' | 'what'> & { what?: LedgerLine['what'] };

export function write(book: AccountBook, nowMs: number, line: Line): void {
  book.lines.push({ what: null, ...line, n: book.nextLine, atMs: nowMs });
  book.nextLine += 1;
}

/** Sets the price of a training aside. */
export function reserve(
  book: AccountBook,
  nowMs: number,
  { id, ask, paidKeys }: { id: string; ask: AccountAsk; paidKeys: string[] },
): Holder {
  const holder: Holder = {
    ask,
    reserved: ask.credits,
    paidKeys,
    isTraining: false,
    turn: 'wanted',
    seenAtMs: nowMs,
  };
  book.holders[id] = holder;
  book.wanting.push(id);
  write(book, nowMs, { kind: 'reserved', training: id, customer: ask.customer, credits: ask.credits });
  return holder;
}

/** What was paid that nobody has told before. */
export function pay(
  book: AccountBook,
  nowMs: number,
  { id, ask, payments }: { id: string; ask: AccountAsk; payments: readonly Payment[] },
): void {
  const { customer } = ask;
  const holder = Object.hasOwn(book.holders, id) ? book.holders[id] : undefined;
  const of = holder ?? book.queue.find((waiting) => waiting.id === id);
  for (const { key, what, credits } of payments) {
    if (of?.paidKeys.includes(key) === true) continue;
    of?.paidKeys.push(key);
    const to = what === 'unknown' ? book.unknown : book.spent;
    to[customer ?? ''] = (to[customer ?? ''] ?? 0) + credits;
    if (book.balance !== null) book.balance.paidSince += credits;
    if (holder !== undefined) holder.reserved = Math.max(holder.reserved - credits, 0);
    if (holder !== undefined && what === 'training') holder.isTraining = true;
    const kind = what === 'unknown' ? 'unknown' : 'charged';
    write(book, nowMs, { kind, training: id, customer, what, credits });
  }
}

/** What is still set aside for a training that has ended: paid perhaps, or not. */
export function settle(
  book: AccountBook,
  nowMs: number,
  { id, charge }: { id: string; charge: Charge },
): void {
  const holder = Object.hasOwn(book.holders, id) ? book.holders[id] : undefined;
  if (holder === undefined) return;
  const { customer } = holder.ask;
  const of = { training: id, customer };
  if (holder.reserved > 0 && charge === 'unknown') {
    book.unknown[customer ?? ''] = (book.unknown[customer ?? ''] ?? 0) + holder.reserved;
    write(book, nowMs, { kind: 'unknown', ...of, credits: holder.reserved });
  } else if (holder.reserved > 0) write(book, nowMs, { kind: 'refunded', ...of, credits: holder.reserved });
  write(book, nowMs, { kind: 'ended', ...of, credits: 0 });
  Reflect.deleteProperty(book.holders, id);
  book.wanting = book.wanting.filter((one) => one !== id);
}
