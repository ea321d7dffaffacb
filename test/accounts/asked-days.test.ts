import { askedDays, LedgerDaysError, type AskedDays } from '../../src/accounts/asked-days';

const nowMs = Date.parse('2026-03-01T12:00:00Z');
const asked = (days: AskedDays) => askedDays(days, { nowMs, nameOf: (which) => `--${which}` });

describe('the days of a ledger that are asked for', () => {
  it('are the last 30 and today where nothing is said', () => {
    const days = asked({});
    expect([days[0], days.at(-1), days.length]).toEqual(['2026-01-30', '2026-03-01', 31]);
  });

  it('begin and end as they were named, both among them', () => {
    expect(asked({ from: '2026-02-27' })).toEqual(['2026-02-27', '2026-02-28', '2026-03-01']);
    expect(asked({ from: '2024-02-29', to: '2024-02-29' })).toEqual(['2024-02-29']);
    expect(asked({ to: '2025-12-31' })).toHaveLength(31);
  });

  it('have an end, also where there is no year after them', () => {
    expect(asked({ from: '9999-12-30', to: '9999-12-31' })).toEqual(['9999-12-30', '9999-12-31']);
  });

  it.each([
    [{ from: '2026-13-01' }, '--from expects a day such as 2026-11-25, received "2026-13-01"'],
    [{ to: '2026-02-30' }, '--to expects a day such as 2026-11-25, received "2026-02-30"'],
    [{ from: 'yesterday' }, '--from expects a day'],
    [{ from: '2026-02-02', to: '2026-02-01' }, '--from 2026-02-02 is after --to 2026-02-01'],
    [{ to: '0000-01-01' }, '--from 1970-01-01 is after --to 0000-01-01'],
    [{ from: '0001-01-01', to: '9999-12-31' }, '3652059 days are more than 400; name a later --from'],
  ])('%j is refused', (days, words) => {
    expect(() => asked(days)).toThrow(LedgerDaysError);
    expect(() => asked(days)).toThrow(words);
  });
});
