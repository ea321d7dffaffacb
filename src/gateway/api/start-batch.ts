import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import type { z } from 'zod';
import { keepManifest } from '../../batches/keep-manifest';
import { sortOut } from '../../batches/read-manifest';
import type { Darkroom } from '../../client';
import type { Storage } from '../../storage/port';
import { startBatchQuery, startBatchSchema, startedBatchSchema } from './batch-schemas';
import { assertRight, MAX_BATCH_BYTES, takeCsv } from './csv-batch';
import { ProblemError } from './problem';
import { problems } from './problem-responses';
import { startHeaders } from './schemas';

export interface BatchSetup {
  darkroom: Darkroom;
  store: Pick<Storage, 'put'>;
}

/** A manifest of some MB over a slow line. */
const BODY_TIME_MS = 60_000;

/** `POST /v1/batches`: the rows go into the store, and the batch is started or joined. */
export function addBatchStart(app: FastifyInstance, { darkroom, store }: BatchSetup): void {
  takeCsv(app);
  app.withTypeProvider<ZodTypeProvider>().post(
    '/batches',
    {
      config: { scope: 'start', bodyTimeMs: BODY_TIME_MS },
      bodyLimit: MAX_BATCH_BYTES,
      schema: {
        summary: 'Start a batch, or join the one that runs under the id',
        description:
          'As JSON, or as text/csv with the columns of the command line and references for photos. All rows are right, or nothing is started. Twice is once: a training that is known is joined, whatever batch has started it.',
        tags: ['batches'],
        headers: startHeaders,
        querystring: startBatchQuery,
        body: startBatchSchema,
        response: {
          200: startedBatchSchema,
          201: startedBatchSchema,
          ...problems('id-taken', 'too-large', 'wrong-type', 'store-away'),
        },
      },
    },
    async ({ headers, body }, reply) => {
      assertOnce(body);
      const { digest, ...order } = await keepManifest(body.rows, store, body.numbers);
      const id = headers['idempotency-key'] ?? `batch-${digest.slice(0, 12)}`;
      const how = await darkroom.startBatch(id, {
        ...order,
        inFlight: body.inFlight,
        beyondMeans: body.beyondMeans,
        ...(body.budgetCredits !== undefined && { budgetCredits: body.budgetCredits }),
      });
      return reply
        .code(how === 'started' ? 201 : 200)
        .header('location', `/v1/batches/${encodeURIComponent(id)}`)
        .send({ id, how, rows: order.rows });
    },
  );
}

function assertOnce({ rows, numbers }: z.infer<typeof startBatchSchema>): void {
  const isAscending = numbers?.every((number, at) => at === 0 || number > (numbers[at - 1] ?? 0)) ?? true;
  if (!isAscending || (numbers !== undefined && numbers.length !== rows.length))
    throw new ProblemError('invalid-request', '/numbers: must be one for each row, and ascend');
  const found = rows.map((request, at) => ({
    row: numbers?.[at] ?? at + 1,
    photos: request.photos,
    request,
  }));
  assertRight(sortOut(found).problems);
}
