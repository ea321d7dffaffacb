import { sum, type AccountBook } from './account-book';

/** What is taken and set aside, counted once for many questions. */
export interface Totals {
  slots: number;
  reserved: number;
  byCustomer: Map<string, { slots: number; reserved: number }>;
  slotsByShare: Map<string, number>;
}

export function totalsOf(book: AccountBook): Totals {
  const totals: Totals = { slots: 0, reserved: 0, byCustomer: new Map(), slotsByShare: new Map() };
  for (const { ask, reserved } of Object.values(book.holders))
    addTo(totals, { customer: ask.customer, share: ask.share, reserved });
  return totals;
}

/** One more has its slot. */
export function addTo(
  totals: Totals,
  { customer, share, reserved }: { customer: string | null; share: string; reserved: number },
): void {
  totals.slots += 1;
  totals.reserved += reserved;
  const of = totals.byCustomer.get(customer ?? '') ?? { slots: 0, reserved: 0 };
  totals.byCustomer.set(customer ?? '', { slots: of.slots + 1, reserved: of.reserved + reserved });
  totals.slotsByShare.set(share, (totals.slotsByShare.get(share) ?? 0) + 1);
}

/** Spent today, or perhaps. */
export function usedToday({ spent, unknown }: AccountBook): number {
  return sum(Object.values(spent)) + sum(Object.values(unknown));
}

/** What may be set aside still, today and of the balance; null: there is no limit that is known. */
export function creditsLeft(book: AccountBook, { reserved }: Pick<Totals, 'reserved'>): number | null {
  const perDay = book.limits?.creditsPerDay ?? null;
  const ofDay = perDay === null ? null : perDay - usedToday(book) - reserved;
  const ofBalance = book.balance === null ? null : book.balance.credits - book.balance.paidSince - reserved;
  if (ofDay === null) return ofBalance;
  return ofBalance === null ? ofDay : Math.min(ofDay, ofBalance);
}
