import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROWS } from '../../src/bench/faults/rows';

const README = readFileSync(path.join(__dirname, '../../README.md'), 'utf8');
const TABLE = README.split('<!-- faults -->')[1]?.split('<!-- /faults -->')[0] ?? '';

describe('the fault table of the README', () => {
  const rows = TABLE.trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));

  it('has the rows that npm run faults measures', () => {
    expect(rows.map(([, what]) => what)).toEqual(ROWS.map(({ what }) => what));
  });

  it('shows no second charge for Darkroom', () => {
    const charges = rows.map(([, , darkroom]) => Number(/\*\*(\d+)\*\*/.exec(darkroom ?? '')?.[1]));
    expect(charges.every((count) => count === 0 || count === 1)).toBe(true);
  });
});
