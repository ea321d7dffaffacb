import type { AccountAsk, WaitReason } from '../contract/account';
import { assertNever } from '../contract/assert-never';
import { keyOf, limitsOf, type AccountBook, type Waiting } from './account-book';
import { ofCustomer, totalsOf, type Totals } from './account-totals';
import { isTurnMissing } from './account-turns';

/** Why it may not be let in now; null: it may. Pure. */
export function whyItWaits(
  book: AccountBook,
  { ask }: Pick<Waiting, 'ask'>,
  totals: Totals,
): Exclude<WaitReason, 'crowded'> | null {
  const { limits, full, balance } = book;
  if (limits === null) return 'limits-unknown';
  if (limits.isPaused) return 'paused';
  if (limits.slots !== null && totals.slots >= limits.slots) return 'slots';
  if (full !== null && totals.slots >= full.inFlight) return 'provider-full';
  const own = limitsOf(book, ask.customer);
  const of = ofCustomer(totals, ask.customer);
  if (own.slots !== null && of.slots >= own.slots) return 'customer-slots';
  const key = keyOf(ask.customer);
  const usedOf = (book.spent[key] ?? 0) + (book.unknown[key] ?? 0);
  if (own.creditsPerDay !== null && usedOf + of.reserved + ask.credits > own.creditsPerDay)
    return 'customer-credits-of-day';
  if (limits.creditsPerDay !== null && totals.used + totals.reserved + ask.credits > limits.creditsPerDay)
    return 'credits-of-day';
  if (balance !== null && totals.reserved + ask.credits > balance.credits - balance.paidSince)
    return 'balance';
  return isTurnMissing(book) ? 'turn' : null;
}

/** Why it could not be let in on any day; null: it could. Pure. */
export function whyNever(
  book: Pick<AccountBook, 'limits'>,
  { ask }: { ask: Pick<AccountAsk, 'credits' | 'customer'> },
): string | null {
  const ofAccount = book.limits?.creditsPerDay ?? null;
  if (ofAccount !== null && ask.credits > ofAccount)
    return `it needs ${ask.credits} credits, and the account may spend ${ofAccount} a day`;
  const ofCustomer = limitsOf(book, ask.customer).creditsPerDay;
  if (ofCustomer !== null && ask.credits > ofCustomer)
    return `it needs ${ask.credits} credits, and the customer ${ask.customer ?? ''} may spend ${ofCustomer} a day`;
  return null;
}

/**
 * Who is let in next; null: nobody. By priority; then whose share has the fewest slots, so that a batch of a thousand
 * does not starve one request; then whose share was served longest ago; then by arrival. Pure.
 */
export function nextIn(book: AccountBook, totals: Totals = totalsOf(book)): Waiting | null {
  let best: Waiting | null = null;
  if (isTurnMissing(book)) return best; // asked once, not for each of thousands
  for (const waiting of book.queue) {
    if (best !== null && !goesBefore(book, totals, waiting, best)) continue;
    if (whyItWaits(book, waiting, totals) === null) best = waiting;
  }
  return best;
}

function goesBefore(book: AccountBook, { slotsByShare }: Totals, a: Waiting, b: Waiting): boolean {
  const slotsOf = ({ ask }: Waiting) => slotsByShare.get(ask.share) ?? 0;
  const servedOf = ({ ask }: Waiting) => book.served[keyOf(ask.share)] ?? 0;
  const order =
    a.ask.priority - b.ask.priority ||
    Number(b.isBack) - Number(a.isBack) ||
    slotsOf(a) - slotsOf(b) ||
    servedOf(a) - servedOf(b);
  return order < 0;
}

/** The place of each that waits, from 1: shares of a priority take turns. Pure. */
export function placesOf(queue: readonly Waiting[]): Map<string, number> {
  const groups = new Map<number, Map<string, string[]>>();
  for (const { id, ask, isBack } of queue) {
    const rank = isBack ? ask.priority - 0.5 : ask.priority;
    const shares = groups.get(rank) ?? new Map<string, string[]>();
    groups.set(rank, shares);
    const ids = shares.get(ask.share) ?? [];
    ids.push(id);
    shares.set(ask.share, ids);
  }
  const places = new Map<string, number>();
  for (const [, shares] of [...groups].sort(([a], [b]) => a - b)) {
    let lists = [...shares.values()];
    for (let round = 0; lists.length > 0; round += 1) {
      for (const ids of lists) places.set(ids[round] ?? '', places.size + 1);
      lists = lists.filter((ids) => ids.length > round + 1);
    }
  }
  return places;
}

/** For a person. */
export function waitWords(
  { limits, balance, problem }: AccountBook,
  reason: WaitReason,
  customer: string | null,
): string {
  const own = limitsOf({ limits }, customer);
  switch (reason) {
    case 'limits-unknown':
      return `no worker has said the limits of the account yet${problem === null ? '' : ` (${problem})`}`;
    case 'crowded':
      return 'more trainings wait for the account than it keeps in mind';
    case 'paused':
      return 'the account is paused';
    case 'slots':
      return `all ${limits?.slots ?? 0} slots of the account are taken`;
    case 'provider-full':
      return 'the provider takes no more trainings at a time';
    case 'credits-of-day':
      return `the ${limits?.creditsPerDay ?? 0} credits of the account for today are used or set aside; it goes on at 00:00 UTC`;
    case 'balance':
      return `${Math.max((balance?.credits ?? 0) - (balance?.paidSince ?? 0), 0)} credits are left at the provider, set aside for others or too few`;
    case 'customer-slots':
      return `all ${own.slots ?? 0} slots of the customer ${customer ?? ''} are taken`;
    case 'customer-credits-of-day':
      return `the ${own.creditsPerDay ?? 0} credits of the customer ${customer ?? ''} for today are used or set aside; it goes on at 00:00 UTC`;
    case 'turn':
      return limits?.isExclusive === true
        ? 'another training is being submitted, and the account takes one at a time'
        : `the account takes ${limits?.submissionsPerMinute ?? 0} submissions a minute`;
    default:
      return assertNever(reason);
  }
}
