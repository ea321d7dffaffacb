import type { FastifyInstance } from 'fastify';
import { readManifest } from '../../batches/read-manifest';
import { assertRight } from './assert-rows';

/** A batch with 5,000 rows of a dozen references. */
export const MAX_BATCH_BYTES = 8 * 1024 ** 2;

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
