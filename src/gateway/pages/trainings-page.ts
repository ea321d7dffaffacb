import type { FastifyInstance } from 'fastify';
import type { Darkroom } from '../../client';
import { eventStream } from '../event-stream';
import { briefly } from './briefly';
import { listQueryIn, type ListQuery } from './list-query';
import { liveLists } from './live-lists';
import { partOf, sendPage, type Part } from './send-page';
import { STREAM_MS, viewerOf } from './viewer';
import { CountsView, RowsView, TrainingsView } from './views/trainings';

type Fields = { Querystring: Record<string, unknown> };

/** They are fourteen calls, and numbers a few seconds old are good enough. */
const COUNTED_FOR_MS = 5000;

/** `GET /`: the trainings now, and the same while it changes. */
export function addTrainingsPage(
  app: FastifyInstance,
  { darkroom, onError }: { darkroom: Darkroom; onError: (error: unknown) => void },
): void {
  const counts = briefly(COUNTED_FOR_MS, () => darkroom.counts());
  const sight = async (query: ListQuery) => {
    const [page, counted] = await Promise.all([darkroom.page(query), counts('all')]);
    return { ...page, counts: counted, query };
  };
  const parts = async (query: ListQuery): Promise<Part[]> => {
    const seen = await sight(query);
    return [partOf('counts', CountsView(seen)), partOf('rows', RowsView(seen))];
  };
  const live = liveLists(parts, onError);
  app.addHook('preClose', (done) => {
    live.close();
    done();
  });

  const config = { scope: 'read' } as const;
  app.get<Fields>('/', { config }, async (request, reply) => {
    const seen = await sight(listQueryIn(request.query));
    return sendPage(reply, TrainingsView({ ...seen, viewer: viewerOf(request) }));
  });
  app.get<Fields>('/live', { config }, async ({ query }, reply) => {
    const filter = listQueryIn(query);
    await eventStream(reply, STREAM_MS, (stream) =>
      live.listen(filter, { tell: (part) => stream.send('part', part), end: stream.end }),
    );
    return reply;
  });
}
