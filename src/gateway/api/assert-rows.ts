import type { RowProblem } from '../../batches/manifest-row';
import { sortOut } from '../../batches/read-manifest';
import type { TrainRequest } from '../../contract/request';
import { ProblemError } from './problem';

const MOST_PROBLEMS = 100;

/** @throws ProblemError that names each row */
export function assertRight(problems: readonly RowProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const at = problems.slice(0, MOST_PROBLEMS).map(({ row, message }) => ({ path: `row ${row}`, message }));
  const others = problems.length === 1 ? '' : `, and ${problems.length - 1} more; nothing was started`;
  throw new ProblemError('invalid-request', `Row ${first.row}: ${first.message}${others}`, at);
}

/**
 * As in a file: to train somebody twice by mistake is to pay twice.
 *
 * @param numbers as the caller counts the rows; from 1 where nothing is said
 * @throws ProblemError that names each row
 */
export function assertOnce(requests: readonly TrainRequest[], numbers?: readonly number[]): void {
  const rows = requests.map((request, at) => ({
    row: numbers?.[at] ?? at + 1,
    photos: request.photos,
    request,
  }));
  assertRight(sortOut(rows).problems);
}
