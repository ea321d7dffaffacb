import type { BatchRow } from '../../src/contract/batch';
import { RowReader } from '../../src/client/read-pages';

const ROWS_A_PAGE = 100;
const PAGES = 50;

/** Five thousand rows; every third one of the manifest was left out of the batch. */
function world() {
  let reads = 0;
  const pages = Array.from({ length: PAGES }, (_, page) => page * ROWS_A_PAGE);
  const numbers = Array.from(
    { length: ROWS_A_PAGE * PAGES },
    (_, index) => index + Math.floor(index / 2) + 1,
  );
  const reader = new RowReader({ manifest: 'batches/all', pages }, (key) => {
    reads += 1;
    const first = Number(/(\d+)\.json$/.exec(key)?.[1]) * ROWS_A_PAGE;
    const rows = numbers.slice(first, first + ROWS_A_PAGE).map((row) => ({ row }) as BatchRow);
    return Promise.resolve(Buffer.from(JSON.stringify(rows)));
  });
  return { reader, numbers, reads: () => reads };
}

test('rows are found by the number that their manifest gives them, and those that are not there are not', async () => {
  const { reader, numbers } = world();
  for (const place of [1, 2, 99, 100, 101, 2500, 4999, 5000, 1])
    expect(await reader.placeOf(numbers[place - 1] ?? 0)).toBe(place);
  for (const row of [0, 3, 6, 2499, 7500, 8000]) expect(await reader.placeOf(row)).toBeNull();
});

test('thousands in their order are found with few reads', async () => {
  const { reader, numbers, reads } = world();
  for (const [index, row] of numbers.entries()) expect(await reader.placeOf(row)).toBe(index + 1);
  expect(reads()).toBeLessThan(PAGES * 7);
});
