import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { eventStream } from '../event-stream';
import type { LiveNews, LiveTrainings } from '../live-trainings';
import { problems } from './problem-responses';
import { idParams } from './schemas';

/** `GET /v1/trainings/:id/events` */
export function addEvents(app: FastifyInstance, live: LiveTrainings): void {
  app.withTypeProvider<ZodTypeProvider>().get(
    '/trainings/:id/events',
    {
      config: { scope: 'read' },
      schema: {
        summary: 'Follow a training',
        description:
          'Server-sent events: `status` with what has changed, the first one at once, and `over` when no more will come. A stream that breaks is opened again; nothing has to be replayed.',
        tags: ['trainings'],
        params: idParams,
        response: {
          200: { description: 'A stream.', content: { 'text/event-stream': { schema: z.string() } } },
          ...problems('not-found', 'no-result', 'no-worker'),
        },
      },
    },
    async ({ params }, reply) => {
      await eventStream(reply, null, (stream) =>
        live.listen(params.id, (news) => {
          stream.send(news.news, whatChanges(news));
          if (news.news === 'over') stream.end();
        }),
      );
      return reply;
    },
  );
}

/** Without the photos, which `/photos` has: they are most of it, and change once. */
function whatChanges(news: LiveNews): Record<string, unknown> {
  return news.news === 'over'
    ? { why: news.why }
    : { ...news.status, photos: undefined, photoSummary: undefined };
}
