import { randomBytes } from 'node:crypto';
import type { ClientInterceptors } from '@temporalio/client';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GatewayMetrics } from '../monitoring/metrics';
import type { PhotoShelf } from '../storage/photo-shelf';
import type { Storage } from '../storage/port';
import type { TemporalAccess } from '../temporal-connection';
import { selfCheckProof } from '../webhooks/attempt-address';
import { addApi } from './api/add-api';
import { apiClient } from './api/api-client';
import type { KeepRows } from './api/asked-schedule';
import type { Access } from './api/authenticate';
import { problemOfError } from './api/problem-of-error';
import { liveTrainings } from './live-trainings';
import { limitSlowBodies } from './limit-slow-bodies';
import { addPages } from './pages/add-pages';
import type { TemporalUi } from '../temporal-ui';
import { refusalLog } from './refusal-log';
import type { ReadReport } from './send-report';
import { trainingSignals } from './training-signals';
import { addWebhookRoute } from './webhook-route';

export interface GatewayOptions {
  access: TemporalAccess;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** The first signs; all of them verify. */
  secrets: readonly string[];
  /** Null: deliveries alone are taken. */
  api: GatewayApi | null;
  log: (message: string, facts: Record<string, unknown>) => void;
  /** Null: nothing is counted. */
  metrics?: GatewayMetrics | null;
  /** Around what the API and the pages ask of Temporal. */
  interceptors?: ClientInterceptors;
}

/** What the HTTP API needs besides Temporal. */
export interface GatewayApi {
  access: Access;
  /** Of each key, or of each address where no keys are asked for. */
  requestsAMinute: number;
  readReport: ReadReport;
  shelf: PhotoShelf;
  keepRows: KeepRows;
  /** That of the workers: the rows of batches go there, and the ledgers of accounts lie there. */
  store: Storage;
  maxPhotoBytes: number;
  /** Where its pages link to; null where nobody knows. */
  temporalUi: TemporalUi | null;
}

export interface Gateway {
  readonly url: string;
  close(): Promise<void>;
}

/** The whole of a request must be here by then, however slowly it drips; where photos come, what their route allows. */
const REQUEST_LIMIT_MS = 10_000;
const LONGEST_REQUEST_MS = 20 * 60_000;
const MAX_CONNECTIONS = 2000;
/** A signal takes 4 s at most. */
const CLOSE_LIMIT_MS = 5000;
/** Ids have up to 1,000 characters, and a third more in an address. */
const MAX_ADDRESS_PART = 2000;

/** Takes the deliveries of providers, and the requests of callers. Holds no state that counts: any number may run, and each may die at any time. */
export async function startGateway({
  access,
  host,
  port,
  secrets,
  api,
  log,
  metrics = null,
  interceptors = {},
}: GatewayOptions): Promise<Gateway> {
  const signals = trainingSignals(access);
  const say = whateverHappens(log);
  const refusals = refusalLog((counts) => say('deliveries refused', counts));
  const app = Fastify({
    routerOptions: { maxParamLength: MAX_ADDRESS_PART },
    requestTimeout: LONGEST_REQUEST_MS,
    keepAliveTimeout: 5000,
    // Node looks for requests that take too long every 30 s by default, which would be the limit in truth.
    http: { connectionsCheckingInterval: 1000, headersTimeout: REQUEST_LIMIT_MS },
  });
  app.server.maxConnections = MAX_CONNECTIONS;
  // On the root there is none, so a body that comes to no route of ours is not read.
  app.removeAllContentTypeParsers();
  answerPlainly(app);
  limitSlowBodies(app, REQUEST_LIMIT_MS);
  if (metrics !== null) countRequests(app, metrics);
  await app.register((routes) =>
    addWebhookRoute(routes, {
      signals,
      secrets,
      refusals: {
        add(why) {
          refusals.add(why);
          metrics?.deliveries.inc({ outcome: why });
        },
      },
      onDelivery(about) {
        say('delivery', { ...about });
        metrics?.deliveries.inc({ outcome: about.taken });
      },
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
  const client = api === null ? null : apiClient(access, { interceptors, readStore: api.readReport });
  if (api !== null && client !== null) {
    // Whoever asks is told that Temporal or the workers are away; a log that says it every few seconds helps nobody.
    const onError = (error: unknown) => {
      if (problemOfError(error).code === 'internal') say('something is wrong', { error: errorStack(error) });
    };
    const { darkroom } = client;
    const live = liveTrainings(darkroom, onError);
    app.addHook('preClose', (done) => {
      live.close();
      done();
    });
    const setup = { ...api, darkroom, live, onError };
    await app.register((routes) => addApi(routes, setup));
    // Gateways with the same secrets take each other's sessions; one without any keeps its own until it stops.
    const sessionSecrets = secrets.length > 0 ? secrets : [randomBytes(32).toString('hex')];
    await app.register((routes) => addPages(routes, { ...setup, sessionSecrets }));
  }
  const url = await app.listen({ host, port }).catch(async (error: unknown) => {
    await Promise.all([signals.close(), client?.close()]);
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
      await Promise.all([signals.close(), client?.close()]);
    },
  };
}

/** By the pattern of the route: addresses hold ids. */
function countRequests(app: FastifyInstance, { requests }: GatewayMetrics): void {
  app.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    const route = routeOptions.url ?? 'none';
    requests.observe({ method, route, status: reply.statusCode }, reply.elapsedTime / 1000);
    done();
  });
}

function errorStack(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
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
