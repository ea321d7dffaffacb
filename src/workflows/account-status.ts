import type { AccountStatus } from '../contract/account-status';
import { sum } from './account-book';
import { placesOf, waitWords, whyItWaits } from './account-queue';
import type { AccountRun } from './account-run';
import { totalsOf } from './account-totals';

const MOST_NEXT = 20;

/** The answer of the query `account`. */
export function statusOfAccount({
  id,
  order,
  book,
}: Pick<AccountRun, 'id' | 'order' | 'book'>): AccountStatus {
  const totals = totalsOf(book);
  const places = placesOf(book.queue);
  const placeOf = (waiting: { id: string }) => places.get(waiting.id) ?? 0;
  const next = [...book.queue].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, MOST_NEXT);
  return {
    id,
    provider: order.provider,
    account: order.account,
    limits: book.limits,
    problem: book.problem,
    slotsTaken: totals.slots,
    waiting: book.queue.length,
    unwritten: book.lines.length,
    next: next.map((waiting) => ({
      id: waiting.id,
      place: placeOf(waiting),
      words: waitWords(book, whyItWaits(book, waiting, totals) ?? 'slots', waiting.ask.customer),
    })),
    credits: {
      planned: sum(book.queue.map(({ ask }) => ask.credits)),
      reserved: totals.reserved,
      day: book.day,
      spent: sum(Object.values(book.spent)),
      unknown: sum(Object.values(book.unknown)),
      balance: book.balance,
    },
  };
}

/** One sentence for a person, in the Temporal UI. */
export function accountLine({ order, book }: Pick<AccountRun, 'order' | 'book'>): string {
  const { limits, problem, queue, day } = book;
  const { slots: taken, reserved, used } = totalsOf(book);
  const slots = limits?.slots ?? null;
  return [
    `${order.provider} (${order.account})`,
    `${taken}${slots === null ? '' : ` of ${slots}`} slots taken`,
    `${queue.length} waiting`,
    `${reserved} credits set aside, ${used} used on ${day}`,
    ...(limits?.isPaused === true ? ['paused'] : []),
    ...(problem === null ? [] : [`accounts.yaml is not right: ${problem}`]),
  ].join(' · ');
}
