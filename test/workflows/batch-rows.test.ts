import fc from 'fast-check';
import { AGAIN_LETTER, isRetried, ROW_LETTERS, ROW_STATES, rowStateOf } from '../../src/contract/batch';
import {
  creditsOfEnded,
  creditsOfOthers,
  creditsSpent,
  creditsUnknown,
  keepSpent,
} from '../../src/workflows/batch-credits';
import {
  countStates,
  freshBatch,
  hear,
  isTriedAgain,
  progressAfter,
  retriedRows,
  rowsToStart,
  stateOf,
  tryAgain,
} from '../../src/workflows/batch-rows';

const states = fc
  .array(fc.constantFrom(...Object.values(ROW_LETTERS), AGAIN_LETTER), { minLength: 1, maxLength: 40 })
  .map((letters) => letters.join(''));

describe('how far a batch is', () => {
  it('has a letter of its own for each state', () => {
    const letters = [...Object.values(ROW_LETTERS), AGAIN_LETTER];
    expect(new Set(letters).size).toBe(letters.length);
    for (const state of ROW_STATES) expect(rowStateOf(ROW_LETTERS[state])).toBe(state);
  });

  it('a batch that was over goes on with the chosen rows alone, and forgets none', () => {
    fc.assert(
      fc.property(states, fc.array(fc.integer({ min: 1, max: 45 })), (letters, rows) => {
        const progress = progressAfter({ states: letters, spent: [], rows });
        expect(progress.states).toHaveLength(letters.length);
        const chosen = new Set(rows.filter((row) => row <= letters.length).map((row) => row - 1));
        expect(new Set(rowsToStart(progress, { inFlight: 1000 }))).toEqual(chosen);
        for (const index of letters.split('').keys()) {
          const before = rowStateOf(letters[index]);
          if (chosen.has(index)) expect(isTriedAgain(progress, index)).toBe(true);
          else expect(stateOf(progress, index)).toBe(before === 'waiting' ? 'canceled' : before);
        }
      }),
    );
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'row 1'],
    ['no place', { state: 'training' }],
    ['a place that there is not', { row: 3, state: 'training' }],
    ['a name that every object has', { row: 1, state: 'constructor' }],
    ['a state that there is not', { row: 1, state: 'done' }],
  ])('hears no word that is none: %s', (_what, word) => {
    const progress = freshBatch(2);
    hear(progress, word as never);
    expect(progress).toEqual(freshBatch(2));
  });

  it('hears no word of another training at the same place', () => {
    const progress = { ...freshBatch(2), ids: { 1: 'train-mine' } };
    hear(progress, { row: 1, id: 'train-of-another-batch', state: 'succeeded', creditsSpent: 50 });
    expect([stateOf(progress, 0), progress.spent]).toEqual(['waiting', []]);
    hear(progress, { row: 1, id: 'train-mine', state: 'training', creditsSpent: 50 });
    hear(progress, { row: 1, id: 'train-mine', state: 'succeeded' });
    expect([stateOf(progress, 0), progress.spent]).toEqual(['succeeded', [50]]);
    // Its end was its last word.
    hear(progress, { row: 1, id: 'train-mine', state: 'failed', creditsSpent: 0 });
    expect([stateOf(progress, 0), progress.spent]).toEqual(['succeeded', [50]]);
  });

  it('adds up what each try of a row has cost', () => {
    const progress = freshBatch(2);
    for (const [tries, sum] of [2, 4, 6].entries()) {
      hear(progress, { row: 2, state: 'failed', creditsSpent: 2 });
      expect([tries, creditsSpent(progress)]).toEqual([tries, sum]);
      tryAgain(progress, 1);
      keepSpent(progress, 2);
      expect(creditsSpent(progress)).toBe(sum);
      hear(progress, { row: 2, state: 'normalizing', creditsSpent: 0 });
      expect(creditsSpent(progress)).toBe(sum);
    }
    hear(progress, { row: 1, state: 'training', creditsSpent: 50 });
    expect(creditsOfEnded(progress)).toBe(6);
  });

  it('counts what may have been charged, and of a row that was terminated only what is known otherwise', () => {
    const progress = freshBatch(3);
    hear(progress, { row: 1, state: 'failed', creditsSpent: 2, mayHaveSpent: 48 });
    hear(progress, { row: 2, state: 'training', creditsSpent: 50, mayHaveSpent: 48 });
    expect([creditsSpent(progress), creditsUnknown(progress)]).toEqual([52, 96]);
    // What is under way has its price, and a submission before that this comes on top of.
    expect(creditsOfEnded(progress)).toBe(50 + 48);
    hear(progress, { row: 2, state: 'succeeded', creditsSpent: 50, mayHaveSpent: 0 });
    expect(creditsOfEnded(progress)).toBe(50 + 98);
    hear(progress, { row: 3, state: 'terminated', creditsSpent: 2 });
    expect(creditsOfEnded(progress)).toBe(50 + 98);
  });

  it('does not pay for what others have started, until it starts that itself', () => {
    const progress = freshBatch(1);
    hear(progress, { row: 1, state: 'failed', creditsSpent: 2, isJoined: true });
    expect([creditsSpent(progress), creditsOfEnded(progress), creditsOfOthers(progress)]).toEqual([0, 0, 2]);
    tryAgain(progress, 0);
    keepSpent(progress, 1);
    hear(progress, { row: 1, state: 'succeeded', creditsSpent: 50 });
    expect([creditsSpent(progress), creditsOfEnded(progress), creditsOfOthers(progress)]).toEqual([
      50, 50, 0,
    ]);
  });

  it('a batch that was over knows what it has paid, may have paid and what others have', () => {
    const sums = { spent: [4], spentBefore: { 1: 2 }, unknown: { 2: 48 }, ofOthers: { 3: 50 } };
    const progress = progressAfter({ states: 'FFS', rows: [1], ...sums });
    expect(progress).toMatchObject(sums);
    // The row is left after all, and tells what its last try has cost.
    hear(progress, { row: 1, state: 'failed', creditsSpent: 2 });
    expect(creditsSpent(progress)).toBe(4);
  });

  it('what has ended without success waits again, and an older word of its end is not its end', () => {
    fc.assert(
      fc.property(states, (letters) => {
        const progress = { ...freshBatch(letters.length), states: letters };
        for (const index of retriedRows(progress)) {
          expect(isRetried(stateOf(progress, index))).toBe(true);
          tryAgain(progress, index);
          expect(stateOf(progress, index)).toBe('waiting');
        }
        expect(retriedRows(progress)).toEqual([]);
        expect(Object.values(countStates(progress)).reduce((sum, count) => sum + count, 0)).toBe(
          letters.length,
        );
        hear(progress, { row: 1, state: 'training', creditsSpent: 3 });
      }),
    );
  });
});
