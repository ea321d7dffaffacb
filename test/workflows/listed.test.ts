import fc from 'fast-check';
import { NOT_LISTED, nextListed, type Listed } from '../../src/workflows/listed';

const seen = (percent: number | null, failedPollsInARow = 0) => ({ percent, failedPollsInARow });

describe('what lists are told while a training waits', () => {
  it('a percentage that has moved by ten points, either way', () => {
    expect(nextListed(NOT_LISTED, seen(9))).toBeNull();
    expect(nextListed(NOT_LISTED, seen(null))).toBeNull();
    const listed = nextListed(NOT_LISTED, seen(40));
    expect(listed).toEqual({ percent: 40, trouble: null, updates: 1 });
    expect(nextListed(listed ?? NOT_LISTED, seen(49))).toBeNull();
    expect(nextListed(listed ?? NOT_LISTED, seen(30))).toMatchObject({ percent: 30, updates: 2 });
  });

  it('the third look without an answer, and the answer that ends it', () => {
    expect(nextListed(NOT_LISTED, seen(null, 2))).toBeNull();
    const stuck = nextListed(NOT_LISTED, seen(null, 3));
    expect(stuck).toMatchObject({ trouble: 'no-answer' });
    expect(nextListed(stuck ?? NOT_LISTED, seen(null, 4))).toBeNull();
    expect(nextListed(stuck ?? NOT_LISTED, seen(null, 0))).toMatchObject({ trouble: null });
  });

  it('never more than 13 times, whatever is seen, and no trouble stays listed that is over', () => {
    const anySeen = fc.record({
      percent: fc.option(fc.double({ min: 0, max: 100, noNaN: true }), { nil: null }),
      failedPollsInARow: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(anySeen, { maxLength: 200 }), (all) => {
        const last = [...all, seen(null)].reduce<Listed>(
          (listed, one) => nextListed(listed, one) ?? listed,
          NOT_LISTED,
        );
        expect(last.updates).toBeLessThanOrEqual(13);
        expect(last.trouble).toBeNull();
      }),
    );
  });
});
