import fc from 'fast-check';
import { fitRows } from '../../src/accounts/fit-rows';

const row = (credits: number, provider = 'apiframe') => ({ provider, credits });

describe('rows and what is left', () => {
  it('all fit where enough is left, or nothing is known', () => {
    const rows = [row(40), row(40), row(0, 'tryiton')];
    expect(fitRows(rows, { left: new Map([['apiframe', 80]]), budget: null })).toEqual({
      needed: 80,
      unaffordable: [],
      short: null,
    });
    expect(fitRows(rows, { left: new Map(), budget: null }).unaffordable).toEqual([]);
  });

  it('says which do not fit, and what is short', () => {
    const rows = Array.from({ length: 120 }, () => row(40));
    const fitted = fitRows(rows, { left: new Map([['apiframe', 3000]]), budget: null });
    expect(fitted.needed).toBe(4800);
    expect(fitted.unaffordable).toHaveLength(45);
    expect(fitted.unaffordable[0]).toBe(75);
    expect(fitted.short).toEqual({ of: 'account', provider: 'apiframe', needed: 4800, left: 3000 });
  });

  it('a budget is for all rows, an account for its own', () => {
    const rows = [row(40), row(40, 'tryiton'), row(40), row(10)];
    expect(fitRows(rows, { left: new Map(), budget: 90 })).toMatchObject({
      unaffordable: [2],
      short: { of: 'budget', needed: 130, left: 90 },
    });
    expect(fitRows(rows, { left: new Map([['tryiton', 0]]), budget: null }).unaffordable).toEqual([1]);
  });

  it('what is left is never overdrawn, and no row that would fit at the end is left out', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100)), fc.nat(1000), (prices, left) => {
        const { unaffordable } = fitRows(
          prices.map((credits) => row(credits)),
          {
            left: new Map([['apiframe', left]]),
            budget: null,
          },
        );
        const out = new Set(unaffordable);
        const spent = prices.filter((_, index) => !out.has(index)).reduce((sum, price) => sum + price, 0);
        expect(spent).toBeLessThanOrEqual(left);
        for (const index of unaffordable) expect((prices[index] ?? 0) + spent).toBeGreaterThan(left);
      }),
    );
  });
});
