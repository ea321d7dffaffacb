import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROWS } from '../../src/bench/faults/rows';

const ROOT = path.join(__dirname, '../..');

/** The rows of the table between the marks, cell by cell. */
function rowsIn(file: string): string[][] {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  const table = text.split('<!-- faults -->')[1]?.split('<!-- /faults -->')[0] ?? '';
  return table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) => line.split('|').map((cell) => cell.trim()));
}

describe.each([
  ['docs/faults.md', ROWS],
  ['README.md', ROWS.filter(({ headline }) => headline === true)],
])('the fault table of %s', (file, expected) => {
  const rows = rowsIn(file);

  it('has the rows that npm run faults measures', () => {
    expect(rows.map(([, what]) => what)).toEqual(expected.map(({ what }) => what));
  });

  it('shows no second charge for Darkroom', () => {
    const charges = rows.map(([, , darkroom]) => Number(/\*\*(\d+)\*\*/.exec(darkroom ?? '')?.[1]));
    expect(charges.every((count) => count === 0 || count === 1)).toBe(true);
  });
});
