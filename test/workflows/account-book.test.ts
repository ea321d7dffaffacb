import fc from 'fast-check';
import type { AccountAsk, AccountLimits, AccountWord } from '../../src/contract/account';
import { freshBook, holdersOf, type AccountBook } from '../../src/workflows/account-book';
import { placesOf } from '../../src/workflows/account-queue';
import { serve } from '../../src/workflows/account-serve';
import { forgetShares, totalsOf } from '../../src/workflows/account-totals';
import { nextTurnMs } from '../../src/workflows/account-turns';
import { isAccountWord } from '../../src/workflows/account-word-check';
import { isOfNobody, MOST_KNOWN, take } from '../../src/workflows/account-words';

const NOON = Date.parse('2026-11-25T12:00:00Z');
const NO_LIMITS: AccountLimits = {
  slots: null,
  submissionsPerMinute: null,
  creditsPerDay: null,
  isExclusive: false,
  isPaused: false,
  eachCustomer: { slots: null, creditsPerDay: null },
  customers: {},
};
const ask = (changes: Partial<AccountAsk> = {}): AccountAsk => ({
  customer: null,
  share: changes.customer ?? '',
  priority: 3,
  credits: 42,
  attemptCredits: 40,
  ...changes,
});

/** A book with these limits, and a hand to say things to it. */
function account(limits: Partial<AccountLimits>) {
  const book: AccountBook = { ...freshBook(NOON), isRecovered: true, limits: { ...NO_LIMITS, ...limits } };
  let nowMs = NOON;
  const heard = new Set<string>();
  const say = (word: AccountWord) => {
    if (word.word === 'ask' || word.word === 'turn') heard.add(word.id);
    take(book, word, nowMs);
  };
  return {
    book,
    wants: (id: string, changes: Partial<AccountAsk> = {}) =>
      say({ word: 'ask', id, ask: ask(changes), payments: [] }),
    turn: (id: string, changes: Partial<AccountAsk> = {}) =>
      say({ word: 'turn', id, ask: ask(changes), payments: [] }),
    paid: (id: string, credits = 40, changes: Partial<AccountAsk> = {}) =>
      say({
        word: 'called',
        isTraining: true,
        id,
        ask: ask(changes),
        payments: [{ key: 'training-1', what: 'training', credits }],
      }),
    full: (id: string) => say({ word: 'full', afterMs: 1000, id, ask: ask(), payments: [] }),
    ends: (
      id: string,
      charge: 'none' | 'charged' | 'unknown' = 'charged',
      changes: Partial<AccountAsk> = {},
    ) => say({ word: 'ended', id, ask: ask(changes), payments: [], charge }),
    later: (ms: number) => (nowMs += ms),
    serve() {
      const answers = serve(book, { heard: new Set(heard), tell: 'heard', nowMs });
      heard.clear();
      return Object.fromEntries(answers);
    },
    isIn: () => holdersOf(book).map(([id]) => id),
  };
}

describe('who is let in', () => {
  it('as many as there are slots, and the next when one ends', () => {
    const one = account({ slots: 2 });
    for (const id of ['a', 'b', 'c']) one.wants(id);
    expect(one.serve()).toMatchObject({
      a: { answer: 'in', turn: 'free' },
      b: { answer: 'in' },
      c: { answer: 'waits', place: 1, why: 'slots', words: 'all 2 slots of the account are taken' },
    });
    one.ends('a');
    expect(one.serve()).toEqual({ c: { answer: 'in', turn: 'free' } });
  });

  it('a batch of a thousand does not starve one request, and urgent ones go first', () => {
    const one = account({ slots: 1 });
    for (let n = 0; n < 1000; n += 1) one.wants(`row-${String(n)}`, { share: 'batch-1' });
    one.serve();
    one.wants('single', { share: '' });
    one.wants('urgent', { share: 'batch-1', priority: 1 });
    expect(one.serve()).toMatchObject({ single: { place: 3 }, urgent: { place: 1 } });
    one.ends('row-0');
    expect(Object.keys(one.serve())).toEqual(['urgent']);
    one.ends('urgent');
    expect(Object.keys(one.serve())).toEqual(['single']);
  });

  it('customers take turns whatever the order in which they came, each within its own limits', () => {
    const one = account({
      slots: 4,
      eachCustomer: { slots: 2, creditsPerDay: null },
      customers: { small: { slots: 1, creditsPerDay: 100 } },
    });
    for (let n = 0; n < 3; n += 1) one.wants(`big-${String(n)}`, { customer: 'big', share: 'big' });
    for (let n = 0; n < 3; n += 1) one.wants(`small-${String(n)}`, { customer: 'small', share: 'small' });
    const answers = one.serve();
    expect(one.isIn()).toEqual(['big-0', 'small-0', 'big-1']);
    expect(answers['small-1']).toMatchObject({ why: 'customer-slots' });
    one.paid('small-0', 42, { customer: 'small', share: 'small' });
    one.ends('small-0', 'charged', { customer: 'small', share: 'small' });
    one.serve();
    expect(one.isIn()).toContain('small-1');
    one.paid('small-1', 42, { customer: 'small', share: 'small' });
    one.ends('small-1', 'charged', { customer: 'small', share: 'small' });
    one.wants('small-2', { customer: 'small', share: 'small' });
    expect(one.serve()['small-2']).toMatchObject({ why: 'customer-credits-of-day' });
  });

  it('nobody while it is paused; nobody for whom there is no money today, and the next day it goes on', () => {
    const paused = account({ isPaused: true });
    paused.wants('a');
    expect(paused.serve()).toMatchObject({ a: { why: 'paused' } });

    const one = account({ creditsPerDay: 100 });
    for (const id of ['a', 'b', 'c']) one.wants(id);
    expect(one.serve()['c']).toMatchObject({ why: 'credits-of-day' });
    one.paid('a', 42);
    one.paid('b', 42);
    one.ends('a');
    one.ends('b');
    expect(one.serve()).toEqual({});
    one.later(12 * 3_600_000);
    expect(one.serve()).toMatchObject({ c: { answer: 'in' } });
  });

  it('one that needs more than a day has is refused at once, and goes', () => {
    const one = account({ creditsPerDay: 40 });
    one.wants('a');
    expect(one.serve()).toEqual({
      a: { answer: 'refused', words: 'it needs 42 credits, and the account may spend 40 a day' },
    });
    expect(one.book.queue).toEqual([]);
  });

  it('the balance counts, and what was paid since it was read', () => {
    const one = account({});
    one.book.balance = { credits: 100, atMs: NOON, paidSince: 0 };
    for (const id of ['a', 'b', 'c']) one.wants(id);
    expect(one.serve()['c']).toMatchObject({ why: 'balance' });
    one.paid('a', 42);
    one.paid('b', 42);
    one.ends('a');
    one.ends('b');
    expect(one.serve()['c']).toBeUndefined();
    expect(one.book.queue).toHaveLength(1);
    one.book.balance = { credits: 1000, atMs: NOON, paidSince: 0 };
    expect(one.serve()).toMatchObject({ c: { answer: 'in' } });
  });

  it('where the provider takes no more at a time, it waits for a slot there, before all others', () => {
    const one = account({ slots: 5 });
    one.wants('a');
    one.wants('b');
    one.serve();
    one.paid('a');
    one.full('b');
    one.wants('c');
    expect(one.serve()).toMatchObject({ c: { place: 2, why: 'provider-full' } });
    one.ends('a');
    expect(one.serve()).toMatchObject({ b: { answer: 'in' } });
    expect(one.isIn()).toEqual(['b']);
    one.paid('b');
    one.serve();
    expect(one.isIn()).toEqual(['b']); // as many as before
    one.wants('d');
    one.later(5 * 60_000);
    one.serve();
    expect(one.isIn()).toEqual(['b', 'c']); // one more, and not all
    one.paid('c');
    one.serve();
    expect(one.isIn()).toEqual(['b', 'c', 'd']); // it has room
  });
});

describe('turns', () => {
  it('one paid call at a time on an exclusive account', () => {
    const one = account({ isExclusive: true });
    for (const id of ['a', 'b']) one.wants(id);
    expect(one.serve()).toEqual({ a: { answer: 'in', turn: 'now' }, b: { answer: 'in', turn: 'later' } });
    one.paid('a');
    expect(one.serve()).toMatchObject({ b: { turn: 'now' } });
    one.wants('c');
    expect(one.serve()).toMatchObject({ c: { turn: 'later' } });
    one.ends('b', 'none');
    expect(one.serve()).toMatchObject({ c: { turn: 'now' } });
  });

  it('so many submissions a minute', () => {
    const one = account({ submissionsPerMinute: 2 });
    for (const id of ['a', 'b', 'c']) one.wants(id);
    expect(one.serve()).toMatchObject({ b: { turn: 'now' }, c: { turn: 'later' } });
    expect(nextTurnMs(one.book)).toBe(NOON + 60_000);
    one.later(60_001);
    expect(one.serve()).toEqual({ c: { answer: 'in', turn: 'now' } });
  });
});

const IDS = ['a', 'b', 'c', 'd', 'e', 'f'];

describe('a slot comes with a turn', () => {
  const withTurns = (limits: Partial<AccountLimits>) => {
    const one = account(limits);
    one.book.isSlotWithTurn = true;
    return one;
  };

  it('so that the urgent go first where turns are what is rare', () => {
    const one = withTurns({ isExclusive: true });
    for (const id of ['a', 'b']) one.wants(id);
    expect(one.serve()).toMatchObject({
      a: { answer: 'in', turn: 'now' },
      b: {
        answer: 'waits',
        place: 1,
        why: 'turn',
        words: expect.stringContaining('one at a time') as string,
      },
    });
    one.wants('urgent', { priority: 1 });
    expect(one.serve()).toMatchObject({ urgent: { answer: 'waits', place: 1 } });
    one.paid('a');
    expect(one.serve()).toEqual({ urgent: { answer: 'in', turn: 'now' } });
    one.ends('urgent', 'none', { priority: 1 });
    expect(one.serve()).toEqual({ b: { answer: 'in', turn: 'now' } });
  });

  it('but one that has its slot and calls again goes before all that wait', () => {
    const one = withTurns({ isExclusive: true });
    for (const id of ['a', 'b', 'c']) one.wants(id, { attemptCredits: 0 });
    one.serve();
    one.paid('a', 40, { attemptCredits: 0 });
    expect(one.serve()).toEqual({ b: { answer: 'in', turn: 'now' } });
    one.turn('a', { attemptCredits: 0 });
    expect(one.serve()).toEqual({ a: { answer: 'in', turn: 'later' } });
    one.paid('b', 40, { attemptCredits: 0 });
    expect(one.serve()).toEqual({ a: { answer: 'in', turn: 'now' } });
  });

  it('so many a minute, and what takes longer than a minute counts until it is made, and a minute from then on', () => {
    const one = withTurns({ submissionsPerMinute: 2 });
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f']) one.wants(id);
    expect(one.serve()).toMatchObject({
      b: { answer: 'in', turn: 'now' },
      c: { answer: 'waits', why: 'turn', words: 'the account takes 2 submissions a minute' },
    });
    expect(nextTurnMs(one.book)).toBe(NOON + 60_000);
    one.paid('a');
    one.later(60_001);
    // The upload of "b" is tried again and again.
    expect(Object.keys(one.serve())).toEqual(['c']);
    one.paid('c');
    one.later(60_001);
    expect(Object.keys(one.serve())).toEqual(['d']);
    one.paid('d');
    one.paid('b');
    expect(one.serve()).toEqual({});
    one.later(60_001);
    expect(Object.keys(one.serve())).toEqual(['e', 'f']);
  });

  it('and what was sent without an answer holds up nobody, but on an exclusive account', () => {
    const sent = (one: ReturnType<typeof account>, id: string) =>
      take(one.book, { word: 'sent', id, ask: ask(), payments: [] }, one.later(0));
    const limited = withTurns({ submissionsPerMinute: 1 });
    for (const id of ['a', 'b']) limited.wants(id);
    limited.serve();
    sent(limited, 'a');
    limited.later(60_001);
    expect(Object.keys(limited.serve())).toEqual(['b']);
    const exclusive = withTurns({ isExclusive: true });
    for (const id of ['a', 'b']) exclusive.wants(id);
    exclusive.serve();
    sent(exclusive, 'a');
    exclusive.later(60_001);
    expect(exclusive.serve()).toEqual({});
  });

  it('within a minute no more submissions are made than there may be, in whatever order they take however long', () => {
    const step = fc.tuple(fc.constantFrom('wants', 'called', 'later'), fc.constantFrom(...IDS));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), fc.integer({ min: 1, max: 3 }), (steps, perMinute) => {
        const one = withTurns({ submissionsPerMinute: perMinute });
        const made: number[] = [];
        let nowMs = NOON;
        for (const [word, id] of steps) {
          if (word === 'later') nowMs = one.later(25_000);
          else if (word === 'wants') one.wants(id);
          else if (one.book.holders[`.${id}`]?.turn === 'held') {
            made.push(nowMs);
            one.paid(id);
            one.ends(id);
          }
          one.serve();
        }
        for (const atMs of made) {
          const within = made.filter((other) => other >= atMs && other < atMs + 60_000).length;
          // Those that were let in a moment before, and call at the end of their minute, meet those of the next one.
          expect(within).toBeLessThanOrEqual(2 * perMinute);
        }
      }),
    );
  });
});

it('forgets when those shares were served of which nobody is there any more', () => {
  const one = account({ slots: 1 });
  for (const id of ['a', 'b', 'c']) one.wants(id, { share: `batch-${id}` });
  one.serve();
  one.ends('a', 'charged', { share: 'batch-a' });
  one.serve();
  expect(Object.keys(one.book.served)).toEqual(['.batch-a', '.batch-b']);
  forgetShares(one.book);
  expect(Object.keys(one.book.served)).toEqual(['.batch-b']);
});

it('does not know one that has ended without an answer, unless it waits, has a slot, or had one', () => {
  const one = account({ slots: 1 });
  const ended = (id: string, charge: 'unknown' | 'none' = 'unknown'): AccountWord => ({
    word: 'ended',
    charge,
    id,
    ask: ask(),
    payments: [],
  });
  one.wants('in');
  one.wants('waits');
  one.wants('was');
  one.ends('was');
  one.serve();
  expect(['in', 'waits', 'was', 'other'].map((id) => isOfNobody(one.book, ended(id)))).toEqual([
    false,
    false,
    false,
    true,
  ]);
  expect(isOfNobody(one.book, ended('other', 'none'))).toBe(false);
});

describe('the money', () => {
  const kinds = ({ lines }: AccountBook) => lines.map(({ kind, credits }) => [kind, credits]);

  it('is set aside, charged, and what is over goes back', () => {
    const one = account({});
    one.wants('a');
    one.serve();
    one.paid('a', 40);
    one.paid('a', 40); // told twice
    one.ends('a');
    one.ends('a');
    expect(kinds(one.book)).toEqual([
      ['reserved', 42],
      ['charged', 40],
      ['refunded', 2],
      ['ended', 0],
    ]);
  });

  it('of a training that ends without an answer stays used', () => {
    const one = account({ creditsPerDay: 50 });
    one.wants('a');
    one.serve();
    one.ends('a', 'unknown');
    one.wants('b');
    expect(one.serve()['b']).toMatchObject({ why: 'credits-of-day' });
    expect(kinds(one.book)).toContainEqual(['unknown', 42]);
  });

  it('of a second attempt, after one of which nobody knows, is set aside before it is made', () => {
    const one = account({ creditsPerDay: 100 });
    one.wants('a');
    one.serve();
    const unknown = [{ key: 'unknown-1', what: 'unknown', credits: 40 } as const];
    take(one.book, { word: 'turn', id: 'a', ask: ask(), payments: unknown }, NOON);
    take(one.book, { word: 'called', isTraining: false, id: 'a', ask: ask(), payments: unknown }, NOON);
    take(one.book, { word: 'turn', id: 'a', ask: ask(), payments: unknown }, NOON);
    expect(totalsOf(one.book)).toMatchObject({ slots: 0, used: 40 });
    expect(one.serve()).toMatchObject({ a: { answer: 'in' } });
    expect(totalsOf(one.book)).toMatchObject({ slots: 1, used: 40, reserved: 40 });
  });

  it.each(['constructor', 'toString', '__proto__'])('of a customer who is called %s counts', (customer) => {
    const one = account({ creditsPerDay: 90, eachCustomer: { slots: null, creditsPerDay: 45 } });
    one.wants(customer, { customer, share: customer });
    one.serve();
    one.paid(customer, 42, { customer, share: customer });
    one.ends(customer, 'charged', { customer, share: customer });
    one.wants('b', { customer, share: customer });
    one.serve();
    expect(one.book.queue).toHaveLength(1);
    expect(totalsOf(JSON.parse(JSON.stringify(one.book)) as AccountBook)).toMatchObject({
      used: 42,
      slots: 0,
    });
  });

  it('of a training that it has forgotten is charged all the same', () => {
    const one = account({ slots: 1 });
    one.paid('lost');
    expect(one.isIn()).toEqual(['lost']);
    one.ends('lost');
    expect(one.isIn()).toEqual([]);
    expect(totalsOf(one.book).used).toBe(40);
  });
});

it('takes no word that is none, whoever signals it', () => {
  const good = { word: 'ask', id: 'a', ask: ask(), payments: [] };
  expect(isAccountWord(good)).toBe(true);
  for (const bad of [
    null,
    undefined,
    'ask',
    {},
    { ...good, word: 'x' },
    { ...good, id: 7 },
    { ...good, ask: null },
    { ...good, payments: null },
    { ...good, payments: [null] },
    { ...good, ask: ask({ credits: -1000 }) },
    { ...good, ask: { ...ask(), credits: '5' } },
    { ...good, ask: ask({ credits: Number.NaN }) },
    { ...good, word: 'ended' },
    { ...good, word: 'ended', charge: 'perhaps' },
    { ...good, word: 'full' },
  ])
    expect(isAccountWord(bad)).toBe(false);
  fc.assert(fc.property(fc.anything(), (anything) => !isAccountWord(anything)));
});

it('lets in nobody before a worker has said the limits', () => {
  const one = account({});
  one.book.limits = null;
  one.wants('a');
  expect(one.serve()).toMatchObject({ a: { answer: 'waits', why: 'limits-unknown' } });
});

it('refuses what can never fit as soon as limits are known, also where it was told to wait before', () => {
  const one = account({ creditsPerDay: 5 });
  const { limits } = one.book;
  one.book.limits = null;
  one.wants('a');
  expect(one.serve()).toMatchObject({ a: { answer: 'waits' } });
  one.book.limits = limits;
  expect(one.serve()).toMatchObject({ a: { answer: 'refused' } });
});

it('gives a turn to one that was reset to before its submission', () => {
  const one = account({ isExclusive: true });
  one.wants('a');
  one.serve();
  one.paid('a');
  one.wants('a');
  expect(one.serve()).toMatchObject({ a: { answer: 'in', turn: 'now' } });
});

it('ends nobody who waits already, where a limit becomes too small', () => {
  const one = account({ slots: 1, creditsPerDay: 500 });
  one.wants('a');
  one.wants('b');
  one.serve();
  one.book.limits = { ...NO_LIMITS, creditsPerDay: 5 };
  expect(one.serve()).toEqual({});
  one.wants('b');
  expect(one.serve()).toMatchObject({ b: { answer: 'waits' } });
});

it('tells who is not kept in mind that it waits', () => {
  const one = account({ slots: 1 });
  for (let n = 0; n <= MOST_KNOWN; n += 1) one.wants(`id-${String(n)}`);
  expect(one.serve()[`id-${String(MOST_KNOWN)}`]).toMatchObject({ answer: 'waits', why: 'crowded' });
  // It has to fit into an argument of the next run.
  expect(JSON.stringify(one.book).length).toBeLessThan(1_500_000);
});

const anyWord = fc.tuple(
  fc.constantFrom('wants', 'turn', 'paid', 'full', 'ends', 'later'),
  fc.constantFrom(...IDS),
  fc.constantFrom('none', 'charged', 'unknown'),
  fc.integer({ min: 1, max: 5 }),
);

it('whatever is said in whatever order, no limit is broken and the ledger agrees with the book', () => {
  fc.assert(
    fc.property(
      fc.array(anyWord, { maxLength: 60 }),
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 50, max: 300 }),
      (words, slots, creditsPerDay) => {
        const one = account({ slots, creditsPerDay });
        for (const [word, id, charge, priority] of words) {
          const known = one.isIn().includes(id);
          if (word === 'wants') one.wants(id, { priority });
          else if (word === 'later') one.later(60_000);
          else if (word === 'ends') one.ends(id, charge);
          // What a training says before it is let in, it says after the account has forgotten it: not here.
          else if (known) one[word](id);
          one.serve();
          const totals = totalsOf(one.book);
          expect(totals.slots).toBeLessThanOrEqual(slots);
          expect(totals.used + totals.reserved).toBeLessThanOrEqual(creditsPerDay);
          const places = [...placesOf(one.book.queue).values()].sort((a, b) => a - b);
          expect(places).toEqual(places.map((_, index) => index + 1));
        }
        const sum = (kind: string) =>
          one.book.lines.filter((line) => line.kind === kind).reduce((all, { credits }) => all + credits, 0);
        expect(sum('reserved')).toBe(
          sum('charged') + sum('refunded') + sum('unknown') + totalsOf(one.book).reserved,
        );
        expect(one.book.lines.map(({ n }) => n)).toEqual(one.book.lines.map((_, index) => index + 1));
      },
    ),
    { numRuns: 300 },
  );
});
