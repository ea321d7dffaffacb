import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Darkroom } from '../../client';
import { problems } from './problem-responses';
import { decisionSchema, idParams } from './schemas';

const DONE = z.null().describe('Done.');

/** Cancel, and decide about a submission whose outcome is unknown. */
export function addChanges(app: FastifyInstance, darkroom: Darkroom): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const tags = ['trainings'];
  routes.delete(
    '/trainings/:id',
    {
      config: { scope: 'start' },
      schema: {
        summary: 'Cancel a training',
        description:
          'Asked for here, done by a worker: the status says when. What the provider has started may run on there and be billed.',
        tags,
        params: idParams,
        response: { 202: DONE, ...problems('not-found', 'ended') },
      },
    },
    async ({ params }, reply) => {
      await darkroom.cancel(params.id);
      return reply.code(202).send(null);
    },
  );
  routes.post(
    '/trainings/:id/decision',
    {
      config: { scope: 'decide' },
      schema: {
        summary: 'Decide about a submission whose outcome is unknown',
        description: 'Answered when the decision is on record, which may take a look at the provider.',
        tags,
        params: idParams,
        body: decisionSchema,
        response: {
          204: DONE,
          ...problems('not-found', 'decision-refused', 'no-worker', 'too-large', 'wrong-type'),
        },
      },
    },
    async ({ params, body }, reply) => {
      await darkroom.decide(params.id, body);
      return reply.code(204).send(null);
    },
  );
}
