import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { ProblemError } from './problem';

/** So many a minute of each caller, on the routes that are added after it. */
export async function limitRequests(
  app: FastifyInstance,
  { requestsAMinute, words }: { requestsAMinute: number; words: string },
): Promise<void> {
  await app.register(rateLimit, {
    max: requestsAMinute,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: ({ caller }) => caller,
    errorResponseBuilder: () => new ProblemError('too-many', words),
  });
}
