import type { AccountStatus } from '../contract/account';
import { dayOf, sum } from './account-book';
import { placesOf, waitWords, whyItWaits } from './account-queue';
import type { AccountRun } from './account-run';
import { creditsLeft, totalsOf } from './account-totals';

const MOST_NEXT = 20;

/** The answer of the query `account`. */
export function statusOfAccount({ id, order, book }: AccountRun): AccountStatus {
  const totals = totalsOf(book);
  // A query may come long after the last word of a day.
  const isToday = dayOf(Date.now()) === book.day;
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
      spentToday: isToday ? sum(Object.values(book.spent)) : 0,
      unknownToday: isToday ? sum(Object.values(book.unknown)) : 0,
      left: creditsLeft(isToday ? book : { ...book, spent: {}, unknown: {} }, totals),
      balance: book.balance === null ? null : { credits: book.balance.credits, atMs: book.balance.atMs },
    },
  };
}

/** One sentence for a person. */
export function accountLine({
  provider,
  account,
  limits,
  slotsTaken,
  waiting,
  credits,
  problem,
}: AccountStatus): string {
  const slots = limits?.slots ?? null;
  return [
    `${provider} (${account})`,
    `${slotsTaken}${slots === null ? '' : ` of ${slots}`} slots taken`,
    `${waiting} waiting`,
    `${credits.reserved} credits set aside, ${credits.spentToday} spent today`,
    ...(credits.left === null ? [] : [`${Math.max(credits.left, 0)} left`]),
    ...(limits?.isPaused === true ? ['paused'] : []),
    ...(problem === null ? [] : [`accounts.yaml is not right: ${problem}`]),
  ].join(' · ');
}
