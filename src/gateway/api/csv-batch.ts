import type { FastifyInstance } from 'fastify';
import { readManifest } from '../../batches/read-manifest';
import type { RowProblem } from '../../batches/manifest-row';
import { ProblemError } from './problem';

/** A batch with 5,000 rows of a dozen references. */
export const MAX_BATCH_BYTES = 8 * 1024 ** 2;
const MOST_PROBLEMS = 100;

/** Takes `text/csv` for what it stands for in JSON; to be called where no other route is. */
export function takeCsv(app: FastifyInstance): void {
  app.addContentTypeParser(
    'text/csv',
    { parseAs: 'buffer', bodyLimit: MAX_BATCH_BYTES },
    (request, body: Buffer, done) => {
      try {
        done(null, { ...rowsIn(body), ...(request.query as object) });
      } catch (error) {
        done(error as Error);
      }
    },
  );
}

/** All of a manifest or nothing: a caller mends it and sends it again, as often as it likes. */
function rowsIn(body: Buffer): { rows: unknown[]; numbers: number[] } {
  const { rows, problems } = readManifest(body, 'csv');
  assertRight(problems);
  return {
    rows: rows.map(({ request, photos }) => ({ ...request, photos })),
    numbers: rows.map(({ row }) => row),
  };
}

/** @throws ProblemError that names each row */
export function assertRight(problems: readonly RowProblem[]): void {
  const [first] = problems;
  if (first === undefined) return;
  const at = problems.slice(0, MOST_PROBLEMS).map(({ row, message }) => ({ path: `row ${row}`, message }));
  const others = problems.length === 1 ? '' : `, and ${problems.length - 1} more; nothing was started`;
  throw new ProblemError('invalid-request', `Row ${first.row}: ${first.message}${others}`, at);
}
