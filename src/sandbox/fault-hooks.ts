import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultEndpoint } from './faults';

declare module 'fastify' {
  interface FastifyRequest {
    fault: Fault | null;
  }
  interface FastifyContextConfig {
    endpoint?: FaultEndpoint;
  }
}

const SLOW_MS = 2000;
/** More than Darkroom reads of an answer. */
const HUGE_BYTES = 2 * 1024 * 1024;

/** Puts the scripted faults around the routes: some before anything is recorded, some after, when it has cost. */
export function addFaults(app: FastifyInstance, next: (endpoint: FaultEndpoint) => Fault | null): void {
  app.decorateRequest('fault', null);
  app.addHook('preHandler', (request, _reply, done) => {
    const { endpoint } = request.routeOptions.config;
    request.fault = endpoint === undefined ? null : next(endpoint);
    done();
  });

  app.addHook('preHandler', async ({ fault, raw }, reply) => {
    switch (fault?.kind) {
      case 'refuse':
        return reply.code(400).send({ errors: [{ msg: 'Invalid request, as scripted' }] });
      case 'unauthorized':
        return reply.code(401).send({});
      case 'busy':
        return busy(reply, fault.retryAfterS);
      case 'error-before':
        return reply.code(fault.status ?? 500).send({});
      case 'reset-before':
        reply.hijack();
        raw.socket.resetAndDestroy();
        return reply;
      case 'hang-before':
      case 'silence':
        return reply.hijack(); // no answer is ever written; the other side gives up and closes
      default:
        return undefined;
    }
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const { fault } = request;
    switch (fault?.kind) {
      case 'error-after':
        reply.code(fault.status ?? 500);
        return '{}';
      case 'reset-after':
        reply.hijack();
        request.raw.socket.resetAndDestroy();
        return reply;
      case 'cut-answer':
        return cut(request, reply, String(payload));
      case 'hang-after':
        return new Promise(() => undefined);
      case 'slow':
        await delay(fault.delayMs ?? SLOW_MS);
        return payload;
      case 'garbage-after':
        return '<html>Bad gateway</html>';
      case 'no-id-after':
        return '{}';
      case 'huge-after':
        return JSON.stringify({
          ...(JSON.parse(String(payload)) as object),
          padding: 'x'.repeat(HUGE_BYTES),
        });
      default:
        return payload;
    }
  });
}

function busy(reply: FastifyReply, retryAfterS: number | null | undefined): FastifyReply {
  if (retryAfterS !== null) reply.header('retry-after', String(retryAfterS ?? 1));
  return reply.code(429).send({});
}

/** A head that promises a whole answer, half of it, and then the connection is gone. */
function cut(request: FastifyRequest, reply: FastifyReply, payload: string): FastifyReply {
  reply.hijack();
  reply.raw.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(payload),
  });
  reply.raw.write(payload.slice(0, payload.length / 2), () => request.raw.socket.resetAndDestroy());
  return reply;
}
