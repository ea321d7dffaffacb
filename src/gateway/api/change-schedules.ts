import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import { rowsFrom, timesFrom, type KeepRows } from './asked-schedule';
import { problems } from './problem-responses';
import { createScheduleSchema, notesSchema, scheduleParams, updateScheduleSchema } from './schedule-schemas';

/** Thousands of rows with references. */
const MAX_MANIFEST_BYTES = 4 * 1024 ** 2;

/** Makes schedules, changes them, and lets them go. */
export function addScheduleChanges(
  app: FastifyInstance,
  { darkroom: { schedules }, keepRows }: { darkroom: Darkroom; keepRows: KeepRows },
): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { scope: 'start' } as const;
  const tags = ['schedules'];
  routes.post(
    '/schedules',
    {
      config,
      bodyLimit: MAX_MANIFEST_BYTES,
      schema: {
        summary: 'Make a schedule of batches',
        description:
          'Times that cannot be meant, such as 30 February or a time zone that there is not, are refused, and nothing is made.',
        tags,
        body: createScheduleSchema,
        response: {
          201: notesSchema,
          ...problems('schedule-exists', 'too-large', 'wrong-type', 'store-away'),
        },
      },
    },
    async ({ body }, reply) => {
      const { id, manifest, everyFolder, cron, every, calendar, ...rest } = body;
      const times = timesFrom({ cron, every, calendar });
      const rows = await rowsFrom({ manifest, everyFolder }, keepRows, 'needed');
      const { notes } = await schedules.create(id, { ...rest, times: times ?? {}, rows });
      return reply
        .code(201)
        .header('location', `/v1/schedules/${encodeURIComponent(id)}`)
        .send({ id, notes });
    },
  );
  routes.patch(
    '/schedules/:id',
    {
      config,
      bodyLimit: MAX_MANIFEST_BYTES,
      schema: {
        summary: 'Change what is named of a schedule',
        tags,
        params: scheduleParams,
        body: updateScheduleSchema,
        response: {
          200: notesSchema,
          ...problems('not-found', 'schedule-busy', 'too-large', 'wrong-type', 'store-away'),
        },
      },
    },
    async ({ params: { id }, body }) => {
      const { manifest, everyFolder, cron, every, calendar, ...rest } = body;
      const times = timesFrom({ cron, every, calendar });
      const rows = await rowsFrom({ manifest, everyFolder }, keepRows, 'optional');
      const { notes } = await schedules.update(id, { ...rest, times, rows });
      return { id, notes };
    },
  );
  routes.delete(
    '/schedules/:id',
    {
      config,
      schema: {
        summary: 'Delete a schedule; what it has started goes on',
        tags,
        params: scheduleParams,
        response: { 204: z.null().describe('Done.'), ...problems('not-found') },
      },
    },
    async ({ params }, reply) => {
      await schedules.delete(params.id);
      return reply.code(204).send(null);
    },
  );
}
