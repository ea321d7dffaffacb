import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { FastifyInstance } from 'fastify';
import { IdTakenError, type Darkroom } from '../../client';
import type { TrainRequest } from '../../contract/request';
import { trainRequestSchema } from '../../contract/request-schema';
import { differences } from './differences';
import { ProblemError } from './problem';
import { problems } from './problem-responses';
import { startedSchema, startHeaders } from './schemas';

/** `POST /v1/trainings`: starting twice is joining, so a caller that did not hear the answer asks again. */
export function addStart(app: FastifyInstance, darkroom: Darkroom): void {
  app.withTypeProvider<ZodTypeProvider>().post(
    '/trainings',
    {
      config: { scope: 'start' },
      schema: {
        summary: 'Start a training, or join the one that has the id',
        tags: ['trainings'],
        headers: startHeaders,
        body: trainRequestSchema,
        response: {
          200: startedSchema,
          201: startedSchema,
          ...problems('id-taken', 'too-large', 'wrong-type'),
        },
      },
    },
    async ({ headers, body }, reply) => {
      const id = headers['idempotency-key'];
      const started = await darkroom
        .train(body, id === undefined ? {} : { id })
        .catch(async (error: unknown) => {
          throw error instanceof IdTakenError ? await taken(darkroom, id ?? '', body, error) : error;
        });
      return reply
        .code(started.how === 'started' ? 201 : 200)
        .header('location', `/v1/trainings/${encodeURIComponent(started.id)}`)
        .send(started);
    },
  );
}

async function taken(
  darkroom: Darkroom,
  id: string,
  request: TrainRequest,
  { message }: IdTakenError,
): Promise<ProblemError> {
  const theirs = await darkroom.request(id);
  return new ProblemError('id-taken', message, differences(ofTraining(request), ofTraining(theirs)));
}

/** Who is told is no part of what a training is. */
function ofTraining(request: unknown): unknown {
  return typeof request === 'object' && request !== null ? { ...request, callback: undefined } : request;
}
