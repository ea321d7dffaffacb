import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import type { Darkroom } from '../../client';
import { problems } from './problem-responses';
import { scheduleParams, scheduleSchema, schedulesSchema } from './schedule-schemas';
import { shownSchedule, shownSummary } from './shown-schedule';

/** `GET /v1/schedules…`: all of them, and one with its last batches. */
export function addScheduleReads(app: FastifyInstance, { schedules }: Darkroom): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { scope: 'read' } as const;
  const tags = ['schedules'];
  routes.get(
    '/schedules',
    {
      config,
      schema: {
        summary: 'List schedules of batches',
        description: 'By name. One that has just been made may be missing for a second.',
        tags,
        response: { 200: schedulesSchema, ...problems() },
      },
    },
    async () => ({ schedules: (await schedules.list()).map(shownSummary) }),
  );
  routes.get(
    '/schedules/:id',
    {
      config,
      schema: {
        summary: 'One schedule: its next ten times, and its last ten batches',
        tags,
        params: scheduleParams,
        response: { 200: scheduleSchema, ...problems('not-found') },
      },
    },
    async ({ params }) => shownSchedule(await schedules.get(params.id)),
  );
}
