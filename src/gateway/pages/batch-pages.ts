import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { REPORT_FORMATS } from '../../batches/report/report-format';
import type { Darkroom } from '../../client';
import type { TemporalUi } from '../../temporal-ui';
import { rowsQuerySchema } from '../api/batch-schemas';
import { idParams, listQuerySchema } from '../api/schemas';
import { sendBatchReport } from '../send-batch-report';
import { addBatchForms, type SendBatch } from './change-batch';
import { seeBatch, seeBatches } from './see-batch';
import { queryOf } from './query-of';
import { sendPage } from './send-page';
import { viewerOf } from './viewer';
import { BatchView } from './views/batch';
import { BatchesView } from './views/batches';

type Fields = { Querystring: Record<string, unknown> };
type One = Fields & { Params: { id: string } };

const listSchema = listQuerySchema.pick({ cursor: true });
const rowsSchema = rowsQuerySchema.pick({ state: true, cursor: true });

/** `GET /batches` and what is below it: lists, one batch with its rows, what a person can do about it, its report. */
export function addBatchPages(
  app: FastifyInstance,
  setup: { darkroom: Darkroom; temporalUi: TemporalUi | null },
): void {
  const { darkroom, temporalUi } = setup;
  const config = { scope: 'read' } as const;
  const schema = { params: idParams };
  app.get<Fields>('/batches', { config }, async (request, reply) => {
    const query = queryOf(listSchema, request.query);
    return sendPage(
      reply,
      BatchesView({ ...(await seeBatches(darkroom, query)), viewer: viewerOf(request) }),
    );
  });
  const send: SendBatch = async (request, reply, { id, notice, status, query = {} }) => {
    const seen = await seeBatch(darkroom, id, query);
    return sendPage(reply, BatchView({ seen, viewer: viewerOf(request), notice, temporalUi }), status);
  };
  app.get<One>('/batches/:id', { config, schema }, (request, reply) => sendOne(request, reply, send));
  app.get<One>('/batches/:id/report', { config, schema }, async ({ params, query }, reply) => {
    const { format } = queryOf(z.object({ format: z.enum(REPORT_FORMATS).default('html') }), query);
    await sendBatchReport(reply, { ...setup, id: params.id, format });
    return reply;
  });
  addBatchForms(app, darkroom, send);
}

function sendOne(request: FastifyRequest<One>, reply: FastifyReply, send: SendBatch): Promise<FastifyReply> {
  const { params, query } = request;
  const filter = queryOf(rowsSchema, query);
  return send(request, reply, { id: params.id, notice: noticeIn(query), status: 200, query: filter });
}

/** Numbers alone are taken out of an address: it may come from anybody. */
function noticeIn({ asked, again, left }: Record<string, unknown>): { kind: 'done'; text: string } | null {
  const count = (value: unknown) => (typeof value === 'string' && /^\d{1,6}$/.test(value) ? value : '0');
  switch (asked) {
    case 'pause':
      return { kind: 'done', text: 'It is paused: no more rows are started.' };
    case 'resume':
      return { kind: 'done', text: 'It goes on.' };
    case 'cancel':
      return { kind: 'done', text: 'Cancellation is asked for; rows say themselves when they have ended.' };
    case 'retry':
      return {
        kind: 'done',
        text: `Rows that start over: ${count(again)}. Rows that are left, because they have cost something or may have: ${count(left)}. To pay for those again, give them another generation in the manifest.`,
      };
    default:
      return null;
  }
}
