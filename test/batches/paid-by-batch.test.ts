import fc from 'fast-check';
import { NO_TRIES, paidByBatch, type BatchSums, type Tries } from '../../src/batches/paid-by-batch';
import { isUnderWay, ROW_LETTERS, ROW_STATES } from '../../src/contract/batch';

const PRICE = 50;
const NOTHING: BatchSums = { spent: [] };

/** A batch of one row. */
const paid = (state: keyof typeof ROW_LETTERS, sums: BatchSums, tries: Partial<Tries> = {}): number =>
  paidByBatch({
    rows: [{ id: 'train-1', index: 0, credits: PRICE }],
    states: ROW_LETTERS[state],
    sums,
    own: new Map([['train-1', { ...NO_TRIES, ...tries }]]),
  });

describe('what a batch has paid, or may have to', () => {
  it.each([
    ['nothing for what waits', 'waiting', NOTHING, {}, 0],
    ['what a row has cost that has ended', 'failed', { spent: [2] }, {}, 2],
    ['once what Temporal knows as well', 'failed', { spent: [2] }, { spent: 2 }, 2],
    ['what Temporal has forgotten', 'succeeded', { spent: [52] }, { spent: 50 }, 52],
    ['what the batch has forgotten', 'waiting', NOTHING, { spent: 52, unknown: 48 }, 100],
    ['what may have been charged', 'failed', { spent: [2], unknown: { 1: 48 } }, {}, 50],
    ['the price of what goes on', 'training', { spent: [50] }, {}, PRICE],
    ['and what came before', 'training', { spent: [52], spentBefore: { 1: 2 } }, { spent: 2, open: 1 }, 52],
    ['the price of what goes on, though the batch waits', 'waiting', NOTHING, { open: 1 }, PRICE],
    ['or has given it up', 'canceled', NOTHING, { open: 1 }, PRICE],
    ['the price of what was terminated', 'terminated', { spent: [2] }, { open: 1 }, PRICE],
    ['also where Temporal has forgotten it', 'terminated', { spent: [2] }, {}, PRICE],
    ['once what has ended since it asked', 'training', { spent: [50] }, { spent: 50, isOver: true }, 50],
    ['nothing for what others have started', 'training', { spent: [], ofOthers: { 1: 50 } }, {}, 0],
    [
      'but what it had paid itself before',
      'training',
      { spent: [2], spentBefore: { 1: 2 }, ofOthers: { 1: 0 } },
      { spent: 2 },
      2,
    ],
  ] as const)('is %s', (_what, state, sums, tries, credits) => {
    expect(paid(state, sums, tries)).toBe(credits);
  });

  it('never less than either of the two knows, nor than the price of what goes on', () => {
    const credits = fc.integer({ min: 0, max: 200 });
    fc.assert(
      fc.property(fc.constantFrom(...ROW_STATES), credits, credits, (state, told, known) => {
        const sum = paid(state, { spent: [told], unknown: {} }, { spent: known });
        expect(sum).toBeGreaterThanOrEqual(known);
        expect(sum).toBeGreaterThanOrEqual(isUnderWay(state) ? PRICE : state === 'terminated' ? PRICE : told);
      }),
    );
  });
});
