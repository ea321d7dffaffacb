import type { AccountStatus } from '../../../src/client';
import { accountSchema, creditsSchema } from '../../../src/gateway/api/account-schemas';
import { shownAccount, shownCredits } from '../../../src/gateway/api/shown-account';

const DAY = Date.parse('2026-11-25T12:00:00Z');
const status: AccountStatus = {
  id: 'darkroom-account-apiframe-default',
  provider: 'apiframe',
  account: 'default',
  limits: {
    slots: 2,
    submissionsPerMinute: null,
    creditsPerDay: 400,
    isExclusive: false,
    isPaused: false,
    eachCustomer: { slots: null, creditsPerDay: 100 },
    customers: { 'c-7': { slots: 1, creditsPerDay: null } },
  },
  problem: null,
  slotsTaken: 1,
  waiting: 1,
  unwritten: 0,
  next: [{ id: 't-2', place: 1, words: 'all 2 slots of the account are taken' }],
  credits: {
    planned: 50,
    reserved: 48,
    day: '2026-11-25',
    spent: 2,
    unknown: 50,
    balance: { credits: 900, atMs: DAY, paidSince: 600 },
  },
};

describe('an account, as the API shows it', () => {
  it('fits its schema, with all that is known and nothing', () => {
    const bare: AccountStatus = { ...status, limits: null, credits: { ...status.credits, balance: null } };
    for (const one of [status, bare]) {
      const shown = shownAccount(one, DAY);
      expect(accountSchema.parse(shown)).toEqual(shown);
    }
    expect(shownAccount(bare, DAY).credits).toMatchObject({ left: null, balance: null });
  });

  it('says what is left of the day and of the balance, whichever is less', () => {
    expect(shownAccount(status, DAY).credits).toMatchObject({
      today: { spent: 2, unknown: 50 },
      left: 900 - 600 - 48,
      balance: { credits: 900, at: '2026-11-25T12:00:00.000Z', paidSince: 600 },
    });
    const rich = { ...status, credits: { ...status.credits, balance: null } };
    expect(shownAccount(rich, DAY).credits.left).toBe(400 - 2 - 50 - 48);
  });

  it('has spent nothing on a new day, before anything has happened', () => {
    const { credits } = shownAccount(status, DAY + 86_400_000);
    expect(credits).toMatchObject({ day: '2026-11-25', spent: 2, today: { spent: 0, unknown: 0 } });
  });
});

test('what nobody has written down has instants as the API writes them', () => {
  const shown = shownCredits({
    sums: [],
    difference: { credits: -6, fromMs: DAY, toMs: DAY + 1000 },
    planned: null,
  });
  expect(creditsSchema.parse(shown).difference).toEqual({
    credits: -6,
    from: '2026-11-25T12:00:00.000Z',
    to: '2026-11-25T12:00:01.000Z',
  });
});
