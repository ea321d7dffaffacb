import Fastify, { type FastifyInstance } from 'fastify';
import type { TemporalAccess } from '../temporal-connection';
import { selfCheckProof } from '../webhooks/attempt-address';
import { refusalLog } from './refusal-log';
import { trainingSignals } from './training-signals';
import { addWebhookRoute } from './webhook-route';

export interface GatewayOptions {
  access: TemporalAccess;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The first signs; all of them verify. */
  secrets: readonly string[];
  log: (message: string, facts: Record<string, unknown>) => void;
}

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/** The whole of a request must be here by then, however slowly it drips. */
const REQUEST_LIMIT_MS = 10_000;
const MAX_CONNECTIONS = 2000;
/** A signal takes 4 s at most. */
const CLOSE_LIMIT_MS = 5000;
/** Ids have up to 1,000 characters, and a third more in an address. */
const MAX_ADDRESS_PART = 2000;

/** Takes the deliveries of providers. Holds no state that counts: any number may run, and each may die at any time. */
export async function startGateway({ access, host, port, secrets, log }: GatewayOptions): Promise<Gateway> {
  const signals = trainingSignals(access);
  const say = whateverHappens(log);
  const refusals = refusalLog((counts) => say('deliveries refused', counts));
  const app = Fastify({
    routerOptions: { maxParamLength: MAX_ADDRESS_PART },
    requestTimeout: REQUEST_LIMIT_MS,
    keepAliveTimeout: 5000,
    // Node looks for requests that take too long every 30 s by default, which would be the limit in truth.
    http: { connectionsCheckingInterval: 1000, headersTimeout: REQUEST_LIMIT_MS },
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  // On the root there is none, so a body that comes to no route of ours is not read.
  app.removeAllContentTypeParsers();
  answerPlainly(app);
  await app.register((routes) =>
    addWebhookRoute(routes, {
      signals,
      secrets,
      refusals,
      onDelivery: (about) => say('delivery', { ...about }),
    }),
  );
  app.get('/health', async (_request, reply) => {
    const isUp = await signals.isReachable();
    return reply.code(isUp ? 200 : 503).send({ temporal: isUp ? 'reachable' : 'not reachable' });
  });
  app.get<{ Params: { nonce: string } }>('/webhooks/self-check/:nonce', ({ params: { nonce } }, reply) => {
    if (!/^[0-9a-f]{32}$/.test(nonce)) return reply.code(404).send({});
    return { proofs: secrets.map((secret) => selfCheckProof(nonce, secret)) };
  });
  const url = await app.listen({ host, port }).catch(async (error: unknown) => {
    await signals.close();
    throw error;
  });
  return {
    url,
    async close() {
      const closing = app.close();
      app.server.closeIdleConnections();
      // What is in hand is answered first; a client that drips would hold us up for ever.
      const late = setTimeout(() => app.server.closeAllConnections(), CLOSE_LIMIT_MS);
      await closing;
      clearTimeout(late);
      refusals.close();
      await signals.close();
    },
  };
}

/** No word of ours about why: to an honest caller the status says it, and to others nothing should. */
function answerPlainly(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).header('connection', 'close').send({}));
  app.setErrorHandler((error, _request, reply) => {
    const status = statusOf(error);
    return reply.code(status >= 400 && status < 500 ? status : 500).send({});
  });
}

function statusOf(error: unknown): number {
  return typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
    ? error.statusCode
    : 500;
}

/** A full disk must not end the process, nor turn a delivery that Temporal has into an error. */
function whateverHappens(log: GatewayOptions['log']): GatewayOptions['log'] {
  return (message, facts) => {
    try {
      log(message, facts);
    } catch {
      // There is nowhere to say it.
    }
  };
}
