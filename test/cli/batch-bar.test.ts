import { stripVTControlCharacters } from 'node:util';
import fc from 'fast-check';
import { ROW_STATES, type RowState } from '../../src/contract/batch';
import { batchBar } from '../../src/cli/batch-bar';

test('a bar is as long as any other, whatever the rows are, and says how many have ended', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...ROW_STATES), { minLength: 1 }), (rows) => {
      const states: Partial<Record<RowState, number>> = {};
      for (const state of rows) states[state] = (states[state] ?? 0) + 1;
      const bar = stripVTControlCharacters(batchBar({ rows: rows.length, states }));
      expect(bar).toMatch(/^[█▓▒░]{40} {2}\d+\/\d+$/);
      if (rows.every((state) => state === 'succeeded')) expect(bar).toContain('█'.repeat(40));
      if (rows.every((state) => state === 'waiting')) expect(bar).toContain(`${'░'.repeat(40)}  0/`);
    }),
  );
});
