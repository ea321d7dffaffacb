import { keyOf, sum, type AccountBook, type Holder } from './account-book';

/** What is taken, set aside and used, counted once for many questions. */
export interface Totals {
  slots: number;
  reserved: number;
  /** Spent today, or perhaps. */
  used: number;
  byCustomer: Map<string, { slots: number; reserved: number }>;
  slotsByShare: Map<string, number>;
}

export function totalsOf(book: AccountBook): Totals {
  const used = sum(Object.values(book.spent)) + sum(Object.values(book.unknown));
  const totals: Totals = { slots: 0, reserved: 0, used, byCustomer: new Map(), slotsByShare: new Map() };
  for (const holder of Object.values(book.holders)) addTo(totals, holder);
  return totals;
}

/** One more has its slot. */
export function addTo(totals: Totals, { ask, reserved }: Pick<Holder, 'ask' | 'reserved'>): void {
  totals.slots += 1;
  totals.reserved += reserved;
  const of = ofCustomer(totals, ask.customer);
  totals.byCustomer.set(keyOf(ask.customer), { slots: of.slots + 1, reserved: of.reserved + reserved });
  totals.slotsByShare.set(ask.share, (totals.slotsByShare.get(ask.share) ?? 0) + 1);
}

/** When they were served last matters only to those that wait, and there is a new share with each batch. */
export function forgetShares(book: AccountBook): void {
  const present = [...Object.values(book.holders), ...book.queue].map(({ ask }) => keyOf(ask.share));
  const kept = new Set(present);
  book.served = Object.fromEntries(Object.entries(book.served).filter(([share]) => kept.has(share)));
}

export function ofCustomer(
  { byCustomer }: Totals,
  customer: string | null,
): { slots: number; reserved: number } {
  return byCustomer.get(keyOf(customer)) ?? { slots: 0, reserved: 0 };
}
