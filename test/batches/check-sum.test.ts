import fc from 'fast-check';
import { sumsOf, type CheckedRow } from '../../src/batches/check/check-sum';
import { creditsFor, mostCredits } from '../../src/batches/price';

const row = fc.record<CheckedRow>({
  row: fc.integer({ min: 1 }),
  subject: fc.constant('s-1'),
  provider: fc.constantFrom('apiframe', 'tryiton'),
  customer: fc.constant(null),
  photos: fc.nat(100),
  good: fc.nat(30),
  rejected: fc.nat(30),
  creditsNeeded: fc.nat(200),
  creditsSaved: fc.nat(200),
  problems: fc.array(fc.constant('wrong'), { maxLength: 2 }),
});

describe('the sums of a check', () => {
  it('count every row and credit once, and say what a balance lacks', () => {
    fc.assert(
      fc.property(fc.array(row), fc.nat(5000), (rows, balance) => {
        const sums = sumsOf(rows, { apiframe: balance });
        const total = (of: (one: { creditsNeeded: number; photos: number }) => number) =>
          sums.reduce((sum, one) => sum + of(one), 0);
        expect(total((one) => one.creditsNeeded)).toBe(rows.reduce((sum, one) => sum + one.creditsNeeded, 0));
        expect(total((one) => one.photos)).toBe(rows.reduce((sum, one) => sum + one.photos, 0));
        expect(sums.reduce((sum, one) => sum + one.rows, 0)).toBe(
          rows.filter(({ problems }) => problems.length === 0).length,
        );
        for (const { provider, creditsNeeded, creditsMissing, balance: known } of sums) {
          expect(known).toBe(provider === 'apiframe' ? balance : null);
          expect(creditsMissing).toBe(provider === 'apiframe' ? Math.max(creditsNeeded - balance, 0) : 0);
        }
      }),
    );
  });
});

test('a training costs its upload and each photo; at most the provider takes so many', () => {
  const photos = (count: number) => Array.from({ length: count }, () => 'file:1.jpg');
  expect(creditsFor('apiframe', 12)).toBe(50);
  expect(mostCredits({ provider: 'apiframe', photos: photos(12) })).toBe(50);
  expect(mostCredits({ provider: 'apiframe', photos: photos(50), maxPhotos: 20 })).toBe(82);
  expect(mostCredits({ provider: 'apiframe', photos: photos(50) })).toBe(122);
  expect(mostCredits({ provider: 'tryiton', photos: photos(50) })).toBe(0);
});
