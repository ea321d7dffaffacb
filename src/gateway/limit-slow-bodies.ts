import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Until when the whole of a request must be here; the limit of the gateway where nothing is said. */
    bodyTimeMs?: number;
  }
}

const TOO_SLOW = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\n\r\n';

/** Node has one limit for all requests, and a photo set may take longer than a delivery ever should. */
export function limitSlowBodies(app: FastifyInstance, usualMs: number): void {
  app.addHook('onRequest', ({ raw, routeOptions }, reply, done) => {
    const timer = setTimeout(() => {
      if (raw.complete) return;
      if (!reply.raw.headersSent) raw.socket.write(TOO_SLOW);
      raw.socket.destroySoon();
    }, routeOptions.config.bodyTimeMs ?? usualMs).unref();
    raw.once('close', () => clearTimeout(timer));
    done();
  });
}
