import fc from 'fast-check';
import { progressBudget } from '../../src/watching/progress-budget';

const taken = (budget: ReturnType<typeof progressBudget>, wanted: number) =>
  Array.from({ length: wanted }, () => budget.take()).filter(Boolean).length;

test('ten trainings hear at once, and the thousandth waits its turn', () => {
  const budget = progressBudget();
  expect(taken(budget, 1000)).toBe(10);
  budget.earn(2000);
  expect(taken(budget, 1000)).toBe(1);
});

test('thirty a minute, however often it is asked and however long nobody had anything to tell', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60_000 }), { maxLength: 200 }), (rests) => {
      const budget = progressBudget();
      const all = rests.reduce((sum, restMs) => {
        budget.earn(restMs);
        return sum + taken(budget, 100);
      }, 0);
      const elapsedMs = rests.reduce((sum, restMs) => sum + restMs, 0);
      expect(all).toBeLessThanOrEqual(10 + (elapsedMs * 30) / 60_000);
    }),
  );
});
