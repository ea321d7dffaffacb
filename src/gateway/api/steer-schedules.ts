import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import { problems } from './problem-responses';
import {
  backfilledSchema,
  backfillSchema,
  noteSchema,
  scheduleParams,
  triggeredSchema,
} from './schedule-schemas';

/** `POST /v1/schedules/ID/…`: pause, resume, trigger, backfill. */
export function addScheduleSteering(app: FastifyInstance, { schedules }: Darkroom): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { scope: 'start' } as const;
  const shared = { tags: ['schedules'], params: scheduleParams };
  for (const [word, summary] of [
    ['pause', 'Start nothing more; what is under way goes on'],
    ['resume', 'Go on'],
  ] as const)
    routes.post(
      `/schedules/:id/${word}`,
      {
        config,
        schema: {
          ...shared,
          summary,
          body: noteSchema,
          response: {
            204: z.null().describe('Done.'),
            ...problems('not-found', 'too-large', 'wrong-type'),
          },
        },
      },
      async ({ params, body }, reply) => {
        await schedules[word](params.id, body.note ?? '');
        return reply.code(204).send(null);
      },
    );
  routes.post(
    '/schedules/:id/trigger',
    {
      config,
      schema: {
        ...shared,
        summary: 'Start a batch now',
        response: { 202: triggeredSchema, ...problems('not-found', 'schedule-busy') },
      },
    },
    async ({ params }, reply) => reply.code(202).send(await schedules.trigger(params.id)),
  );
  routes.post(
    '/schedules/:id/backfill',
    {
      config,
      schema: {
        ...shared,
        summary: 'Start what should have been started between two times',
        body: backfillSchema,
        response: {
          202: backfilledSchema,
          ...problems('not-found', 'schedule-busy', 'too-large', 'wrong-type'),
        },
      },
    },
    async ({ params, body: { from, to, overlap } }, reply) => {
      const range = { from: new Date(from), to: new Date(to), overlap };
      const { times } = await schedules.backfill(params.id, range);
      return reply.code(202).send({ times: times.map((at) => at.toISOString()) });
    },
  );
}
