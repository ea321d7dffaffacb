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
/** Ids have up to 1,000 characters, and a third more in an address. */
const MAX_ADDRESS_PART = 2000;

/** Takes the deliveries of providers. Holds no state that counts: any number may run, and each may die at any time. */
export async function startGateway({ access, host, port, secrets, log }: GatewayOptions): Promise<Gateway> {
  const signals = trainingSignals(access);
  const refusals = refusalLog((counts) => log('deliveries refused', counts));
  const app = Fastify({
    routerOptions: { maxParamLength: MAX_ADDRESS_PART },
    requestTimeout: REQUEST_LIMIT_MS,
    keepAliveTimeout: 5000,
    forceCloseConnections: true,
    // Node looks for requests that take too long every 30 s by default, which would be the limit in truth.
    http: { connectionsCheckingInterval: 1000, headersTimeout: REQUEST_LIMIT_MS },
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  answerPlainly(app);
  await app.register((routes) =>
    addWebhookRoute(routes, {
      signals,
      secrets,
      refusals,
      onDelivery: (about) => log('delivery', { ...about }),
    }),
  );
  app.get('/health', async (_request, reply) => {
    const isUp = await signals.isReachable();
    return reply.code(isUp ? 200 : 503).send({ temporal: isUp ? 'reachable' : 'not reachable' });
  });
  app.get<{ Params: { nonce: string } }>('/webhooks/self-check/:nonce', ({ params: { nonce } }, reply) => {
    const [secret] = secrets;
    if (secret === undefined || !/^[0-9a-f]{32}$/.test(nonce)) return reply.code(404).send({});
    return { proof: selfCheckProof(nonce, secret) };
  });
  const url = await app.listen({ host, port }).catch(async (error: unknown) => {
    await signals.close();
    throw error;
  });
  return {
    url,
    async close() {
      await app.close();
      refusals.close();
      await signals.close();
    },
  };
}

/** No word of ours about why: to an honest caller the status says it, and to others nothing should. */
function answerPlainly(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({}));
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
