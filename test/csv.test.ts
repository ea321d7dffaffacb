import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvOf } from '../src/csv';

describe('CSV', () => {
  it('is read again as it was, but for what would be a formula', () => {
    const csv = csvOf(
      ['n', 'text'],
      [
        [-5, 'a,"b"\nc'],
        [null, '=1+1'],
        [0, ' @x'],
      ],
    );
    expect(csv).toContain('\r\n');
    const rows: string[][] = parse(csv);
    expect(rows).toEqual([
      ['n', 'text'],
      ['-5', 'a,"b"\nc'],
      ['', "'=1+1"],
      ['0', "' @x"],
    ]);
  });

  it('has no text that a spreadsheet would run, whatever it is', () => {
    fc.assert(
      fc.property(fc.constantFrom('=', '+', '-', '@', '\t', '\r', '＝', ' ='), fc.string(), (mark, rest) => {
        const rows: string[][] = parse(csvOf(['text'], [[`${mark}${rest}`]]));
        expect(rows[1]?.[0]?.startsWith("'")).toBe(true);
      }),
    );
  });
});
