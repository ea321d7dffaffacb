import fc from 'fast-check';
import { evidenceAgainMs, lookUpDelayMs } from '../../src/workflows/look-up-schedule';

describe('lookups', () => {
  it('come 0, 1, 2, 5, 10, 20 units after the first', () => {
    const instants = [0];
    for (let tries = 1; tries <= 5; tries += 1)
      instants.push((instants.at(-1) ?? 0) + lookUpDelayMs(tries, 1));
    expect(instants).toEqual([0, 1, 2, 5, 10, 20]);
  });

  it('for the sake of a delivery, while a person is waited for, come 10, 20, 40 and then 60 units apart', () => {
    expect([0, 1, 2, 3, 4, 5000].map((repeats) => evidenceAgainMs(repeats, 1))).toEqual([
      10, 20, 40, 60, 60, 60,
    ]);
  });

  it('are never nearer than one unit, nor further apart than ten', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000 }),
        fc.integer({ min: 1, max: 600_000 }),
        (tries, unitMs) => {
          const delayMs = lookUpDelayMs(tries, unitMs);
          expect(delayMs).toBeGreaterThanOrEqual(unitMs);
          expect(delayMs).toBeLessThanOrEqual(10 * unitMs);
        },
      ),
    );
  });
});
