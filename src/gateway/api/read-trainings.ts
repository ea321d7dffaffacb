import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import { trainStatusSchema } from '../../contract/status-schema';
import { sendReport, type ReadReport } from '../send-report';
import { problems } from './problem-responses';
import { idParams, listQuerySchema, listSchema, photosSchema } from './schemas';

export interface ReadSetup {
  darkroom: Darkroom;
  readReport: ReadReport;
}

/** `GET /v1/trainings…`: the list, one of them, its photos, its report. */
export function addReads(app: FastifyInstance, { darkroom, readReport }: ReadSetup): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['trainings'];
  const config = { scope: 'read' } as const;
  routes.get(
    '/trainings',
    {
      config,
      schema: {
        summary: 'List trainings, newest first',
        tags,
        querystring: listQuerySchema,
        response: { 200: listSchema, ...problems() },
      },
    },
    async ({ query }) => {
      const { trainings, cursor } = await darkroom.page(query);
      return {
        trainings: trainings.map((one) => ({
          ...one,
          expectedEndAt: one.expectedEndAt?.toISOString() ?? null,
          startedAt: one.startedAt.toISOString(),
          endedAt: one.endedAt?.toISOString() ?? null,
        })),
        cursor,
      };
    },
  );
  const one = { params: idParams, tags };
  routes.get(
    '/trainings/:id',
    {
      config,
      schema: {
        ...one,
        summary: 'The status of one training',
        response: { 200: trainStatusSchema, ...problems('not-found', 'no-result', 'no-worker') },
      },
    },
    ({ params }) => darkroom.status(params.id),
  );
  routes.get(
    '/trainings/:id/photos',
    {
      config,
      schema: {
        ...one,
        summary: 'A verdict on each photo',
        response: { 200: photosSchema, ...problems('not-found', 'no-result', 'no-worker') },
      },
    },
    async ({ params }) => {
      const { photos, photosDone, photoCount } = await darkroom.status(params.id);
      return { photos, done: photosDone, total: photoCount };
    },
  );
  routes.get(
    '/trainings/:id/report',
    {
      config,
      schema: {
        ...one,
        summary: 'A page that shows each photo beside what became of it',
        response: {
          200: {
            description: 'A page that is whole in itself.',
            content: { 'text/html': { schema: z.string() } },
          },
          ...problems('not-found', 'no-result', 'no-worker'),
        },
      },
    },
    async ({ params }, reply) => {
      await sendReport(reply, await darkroom.status(params.id), readReport);
      return reply;
    },
  );
}
