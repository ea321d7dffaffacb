import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Darkroom } from '../../client';
import { idParams } from '../api/schemas';
import { eventStream, type EventStream } from '../event-stream';
import type { LiveTrainings } from '../live-trainings';
import { sendReport, type ReadReport } from '../send-report';
import { livePages } from './live-pages';
import { seeTraining } from './see-training';
import { sendPage } from './send-page';
import type { TemporalUi } from '../../temporal-ui';
import { STREAM_MS, viewerOf } from './viewer';
import { TrainingView } from './views/training';

export interface TrainingPageSetup {
  darkroom: Darkroom;
  live: LiveTrainings;
  readReport: ReadReport;
  temporalUi: TemporalUi | null;
  onError: (error: unknown) => void;
}

/** What a page says besides what there is to see: that something was done, or why not, and what was typed then. */
export type Notice = { kind: 'done'; text: string } | { kind: 'refused'; text: string; typedId: string };

export type SendTraining = (
  request: FastifyRequest,
  reply: FastifyReply,
  told: { id: string; notice: Notice | null; status: number },
) => Promise<FastifyReply>;

type One = { Params: { id: string }; Querystring: Record<string, unknown> };

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
  const partsOf = livePages(darkroom);
  app.get<One>('/trainings/:id/live', options, async (request, reply) => {
    const viewer = viewerOf(request);
    const { id } = request.params;
    await eventStream(reply, STREAM_MS, (stream) => {
      let order = Promise.resolve();
      return live.listen(id, (news) => {
        if (news.news === 'over' && news.because === 'stopping') {
          stream.end();
          return;
        }
        order = order
          .then(async () => {
            if (news.news === 'status')
              for (const part of await partsOf(news, { id, viewer })) stream.send('part', part);
            else endFor(stream);
          })
          .catch((error: unknown) => {
            onError(error);
            // The browser asks again, and hears what it has missed.
            stream.end();
          });
      });
    });
    return reply;
  });
  return send;
}

function endFor(stream: EventStream): void {
  stream.send('over', {});
  stream.end();
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
