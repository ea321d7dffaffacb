import type { FastifyInstance } from 'fastify';
import type { FaultEndpoint } from './faults';

/** What was asked of each endpoint, faults included. Instants are Unix milliseconds. */
export type CallCounts = Partial<Record<FaultEndpoint, { calls: number; lastAtMs: number }>>;

/** Counts every call with a right key, whatever becomes of it. */
export function countCalls(app: FastifyInstance, counts: CallCounts): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const { endpoint } = request.routeOptions.config;
    if (endpoint !== undefined)
      counts[endpoint] = { calls: (counts[endpoint]?.calls ?? 0) + 1, lastAtMs: Date.now() };
    done();
  });
}
