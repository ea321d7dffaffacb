import fc from 'fast-check';
import { AGAIN_LETTER, isRetried, ROW_LETTERS, ROW_STATES, rowStateOf } from '../../src/contract/batch';
import {
  countStates,
  creditsOfEnded,
  creditsSpent,
  freshBatch,
  hear,
  isTriedAgain,
  keepSpent,
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
      keepSpent(progress, 1);
      expect(creditsSpent(progress)).toBe(sum);
      hear(progress, { row: 2, state: 'normalizing', creditsSpent: 0 });
      expect(creditsSpent(progress)).toBe(sum);
    }
    hear(progress, { row: 1, state: 'training', creditsSpent: 50 });
    expect(creditsOfEnded(progress)).toBe(6);
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
