import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { FaultEndpoint, FaultKind } from './faults';

declare module 'fastify' {
  interface FastifyRequest {
    fault: FaultKind | null;
  }
  interface FastifyContextConfig {
    endpoint?: FaultEndpoint;
  }
}

const SLOW_MS = 2000;

/** Puts the scripted faults around the routes: some before anything is recorded, some after, when it has cost. */
export function addFaultHooks(app: FastifyInstance): void {
  app.addHook('preHandler', async (request, reply) => {
    switch (request.fault) {
      case 'refuse':
        return reply.code(400).send({ errors: [{ msg: 'Invalid request, as scripted' }] });
      case 'unauthorized':
        return reply.code(401).send({});
      case 'busy':
        return reply.code(429).header('retry-after', '1').send({});
      case 'error-before':
        return reply.code(500).send({});
      case 'reset-before':
        return cut(request, reply);
      default:
        return undefined;
    }
  });

  app.addHook('onSend', async (request, reply, payload) => {
    switch (request.fault) {
      case 'error-after':
        reply.code(500);
        return '{}';
      case 'reset-after':
        return cut(request, reply);
      case 'hang-after':
        // The promise never settles, so no answer is ever written; the other side gives up and closes.
        return new Promise(() => undefined);
      case 'slow':
        await delay(SLOW_MS);
        return payload;
      case 'garbage-after':
        return '<html>Bad gateway</html>';
      default:
        return payload;
    }
  });
}

function cut(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.resetAndDestroy();
  return reply;
}
