import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isEndState } from '../../contract/state';
import type { Darkroom } from '../../client';
import { idParams } from '../api/schemas';
import { eventStream } from '../event-stream';
import type { LiveTrainings } from '../live-trainings';
import { sendReport, type ReadReport } from '../send-report';
import { briefly } from './briefly';
import { seeTraining, type SeenTraining } from './see-training';
import { partOf, sendPage, type Part } from './send-page';
import type { TemporalUi } from '../../temporal-ui';
import { viewerOf, type Viewer } from './viewer';
import { PARTS, TrainingView } from './views/training';

export interface TrainingPageSetup {
  darkroom: Darkroom;
  live: LiveTrainings;
  readReport: ReadReport;
  temporalUi: TemporalUi | null;
  onError: (error: unknown) => void;
}

/** What a page says besides what there is to see, such as why a decision was not taken. */
export interface Notice {
  kind: 'done' | 'refused';
  text: string;
}

export type SendTraining = (
  request: FastifyRequest,
  reply: FastifyReply,
  told: { id: string; notice: Notice | null; status: number },
) => Promise<FastifyReply>;

type One = { Params: { id: string }; Querystring: Record<string, unknown> };

/** All who look at one training hear of a change at the same time. */
const SEEN_FOR_MS = 1000;

/** `GET /trainings/:id`: all of one training, the same while it changes, and the report of its photos. Gives how the page is sent. */
export function addTrainingPage(app: FastifyInstance, setup: TrainingPageSetup): SendTraining {
  const { darkroom, live, readReport, temporalUi, onError } = setup;
  const options = { config: { scope: 'read' }, schema: { params: idParams } } as const;
  const send: SendTraining = async (request, reply, { id, notice, status }) => {
    const seen = await seeTraining(darkroom, id);
    return sendPage(reply, TrainingView({ seen, viewer: viewerOf(request), notice, temporalUi }), status);
  };
  app.get<One>('/trainings/:id', options, (request, reply) =>
    send(request, reply, { id: request.params.id, notice: noticeIn(request.query), status: 200 }),
  );
  app.get<One>('/trainings/:id/report', options, async ({ params }, reply) =>
    sendReport(reply, await darkroom.status(params.id), readReport),
  );
  const seenNow = briefly(SEEN_FOR_MS, (id) => seeTraining(darkroom, id));
  app.get<One>('/trainings/:id/live', options, async (request, reply) => {
    const viewer = viewerOf(request);
    const { id } = request.params;
    await eventStream(reply, async (stream) => {
      let order = Promise.resolve();
      return live.listen(id, (news) => {
        order = order
          .then(async () => {
            for (const part of partsOf(await seenNow(id), viewer)) stream.send('part', part);
            if (news.news !== 'over') return;
            if (isOver(await seenNow(id))) stream.send('over', {});
            stream.end();
          })
          .catch(onError);
      });
    });
    return reply;
  });
  return send;
}

function partsOf(seen: SeenTraining, viewer: Viewer): Part[] {
  return PARTS.map(({ id, View }) => partOf(id, View({ seen, viewer })));
}

/** A stream that ends for another reason is opened again by the browser. */
function isOver({ status, listed }: SeenTraining): boolean {
  return (status !== null && isEndState(status.state)) || listed?.state === 'terminated';
}

function noticeIn({ asked }: Record<string, unknown>): Notice | null {
  switch (asked) {
    case 'cancel':
      return { kind: 'done', text: 'Cancellation is asked for, and done when a worker hears of it.' };
    case 'decision':
      return { kind: 'done', text: 'The decision is on record.' };
    default:
      return null;
  }
}
