import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import type { TemporalUi } from '../../temporal-ui';
import { sendBatchReport } from '../send-batch-report';
import { acceptedFormat } from './accepted-format';
import {
  batchListSchema,
  batchReportSchema,
  batchStatusSchema,
  rowPageSchema,
  rowsQuerySchema,
  steeredSchema,
  steeringSchema,
} from './batch-schemas';
import { REPORT_FORMATS } from '../../batches/report/report-format';
import { problems } from './problem-responses';
import { idParams, listQuerySchema } from './schemas';
import { addBatchStart, type BatchSetup } from './start-batch';
import { steerFor } from './steer-for';

/** `/v1/batches…`. In a scope of its own, because no other route takes CSV. */
export async function addBatches(
  app: FastifyInstance,
  setup: BatchSetup & { temporalUi: TemporalUi | null },
): Promise<void> {
  await app.register((own, _options, done) => {
    addBatchStart(own, setup);
    addBatchReads(own, setup.darkroom);
    addBatchReport(own, setup);
    addSteering(own, setup.darkroom);
    done();
  });
}

const tags = ['batches'];
const read = { scope: 'read' } as const;

function addBatchReads(app: FastifyInstance, darkroom: Darkroom): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  routes.get(
    '/batches',
    {
      config: read,
      schema: {
        summary: 'List batches, newest first',
        tags,
        querystring: listQuerySchema.pick({ limit: true, cursor: true }),
        response: { 200: batchListSchema, ...problems() },
      },
    },
    async ({ query }) => {
      const { batches, cursor } = await darkroom.batches(query);
      return {
        batches: batches.map((one) => ({
          ...one,
          startedAt: one.startedAt.toISOString(),
          endedAt: one.endedAt?.toISOString() ?? null,
        })),
        cursor,
      };
    },
  );
  routes.get(
    '/batches/:id',
    {
      config: read,
      schema: {
        summary: 'How a batch goes',
        tags,
        params: idParams,
        response: { 200: batchStatusSchema, ...problems('not-found', 'no-result', 'no-worker') },
      },
    },
    ({ params }) => darkroom.batch(params.id),
  );
  routes.get(
    '/batches/:id/rows',
    {
      config: read,
      schema: {
        summary: 'The rows of a batch, in their order',
        tags,
        params: idParams,
        querystring: rowsQuerySchema,
        response: { 200: rowPageSchema, ...problems('not-found', 'no-result', 'no-worker', 'store-away') },
      },
    },
    ({ params, query }) => darkroom.batchRows(params.id, query),
  );
}

function addSteering(app: FastifyInstance, darkroom: Darkroom): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/batches/:id/steering',
    {
      config: { scope: 'start' },
      schema: {
        summary: 'Pause, resume, cancel or retry',
        description:
          'A retry starts rows over that have ended without success and without any charge, also of a batch that is over. It never pays twice.',
        tags,
        params: idParams,
        body: steeringSchema,
        response: {
          200: steeredSchema,
          ...problems('not-found', 'steering-refused', 'no-result', 'no-worker', 'too-large', 'wrong-type'),
        },
      },
    },
    ({ params, body }) => steerFor(darkroom, params.id, body),
  );
}

function addBatchReport(
  app: FastifyInstance,
  setup: { darkroom: Darkroom; temporalUi: TemporalUi | null },
): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/batches/:id/report',
    {
      config: read,
      schema: {
        summary: 'What became of each row, what it has cost and how long it took',
        tags,
        params: idParams,
        querystring: z.object({
          format: z.enum(REPORT_FORMATS).optional().describe('Without it as Accept says, else JSON.'),
        }),
        response: {
          200: {
            description: 'The report.',
            content: {
              'application/json': { schema: batchReportSchema },
              'text/csv': { schema: z.string() },
              'text/html': { schema: z.string() },
            },
          },
          ...problems('not-found', 'no-result', 'no-worker', 'store-away'),
        },
      },
    },
    async ({ params, query, headers }, reply) => {
      const format = query.format ?? acceptedFormat(REPORT_FORMATS, headers.accept);
      await sendBatchReport(reply, { ...setup, id: params.id, format });
      return reply;
    },
  );
}
