import { PassThrough } from 'node:stream';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { TrainStatus } from '../../client';
import type { LiveNews, LiveTrainings } from './live-trainings';
import { problems } from './problem-responses';
import { idParams } from './schemas';

/** Proxies close connections on which nothing comes for a minute. */
const BREATH_MS = 15_000;
/** Of a client that does not read. */
const MOST_UNREAD_BYTES = 64 * 1024;

/** `GET /v1/trainings/:id/events`: server-sent events, https://html.spec.whatwg.org/multipage/server-sent-events.html */
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
      const stream = new PassThrough({ highWaterMark: MOST_UNREAD_BYTES });
      const stop = await live.listen(params.id, (news) => {
        if (stream.writableEnded) return;
        stream.write(eventOf(news));
        if (news.news === 'over' || stream.writableLength > MOST_UNREAD_BYTES) stream.end();
      });
      const breath = setInterval(() => stream.write(': still here\n\n'), BREATH_MS).unref();
      const end = () => {
        clearInterval(breath);
        stop();
        stream.end();
      };
      reply.raw.once('close', end);
      stream.once('finish', end);
      return begun(reply, stream);
    },
  );
}

/** The schema has what is in the stream, which is not what is sent. */
function begun(reply: FastifyReply, stream: PassThrough): FastifyReply {
  return reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(stream);
}

function eventOf(news: LiveNews): string {
  const data = news.news === 'status' ? whatChanges(news.status) : { why: news.why };
  return `event: ${news.news}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** Without the photos, which `/photos` has: they are most of it, and change once. */
function whatChanges(status: TrainStatus): Record<string, unknown> {
  return { ...status, photos: undefined, photoSummary: undefined };
}
