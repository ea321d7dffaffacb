import { timingSafeEqual } from 'node:crypto';
import Fastify, { type FastifyInstance } from 'fastify';
import { z } from 'zod';
import { faultSchema, type GivenFault } from './faults';
import type { FaultEndpoint } from './fault-words';
import { FaultScript } from './fault-script';
import type { FaultProfile } from './fault-profile';
import { randomFaultsSchema } from './random-faults';
import { addTryitonRoutes, addTryitonShop } from './tryiton/routes';
import { webhooks } from './webhooks';
import { countCalls, type CallCounts } from './call-counter';
import { addFaults } from './fault-hooks';
import { ledgerInFile } from './ledger-file';
import { BadRequest, addProviderRoutes, parseBody, type SandboxPace } from './provider-routes';

export interface SandboxOptions {
  host: string;
  port: number;
  apiKey: string;
  pace: SandboxPace;
  faults: readonly GivenFault[];
  /** Faults out of a file, or a ready profile. */
  profile: FaultProfile | null;
  /** Where the ledger is kept; null keeps it in memory. */
  ledgerFile: string | null;
  credits: number;
  /** More trainings at a time are refused with 429; null: as many as anybody wants. */
  maxInFlight: number | null;
}

export const SANDBOX_DEFAULTS: SandboxOptions = {
  host: '127.0.0.1',
  port: 0,
  apiKey: 'sandbox-key',
  pace: { uploadMs: 2000, trainMs: 15_000, uploadTtlMs: 3_600_000 },
  faults: [],
  profile: null,
  ledgerFile: null,
  credits: 100_000,
  maxInFlight: null,
};

export interface Sandbox {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** 30 pictures of 640×640 in base64 are about 5 MB; a cap keeps a mistake from filling the memory. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * A server on a socket that speaks APIFRAME's v1 API, and TryItOn's under `/tryiton`, as documented, charges nobody, and keeps a ledger of what it
 * would have charged: `GET /sandbox/ledger`. Faults are scripted at start or by `POST /sandbox/faults`.
 */
export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const settings = { ...SANDBOX_DEFAULTS, ...options };
  const app = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: true });
  const ledger = ledgerInFile(settings.ledgerFile, settings.credits);
  const script = new FaultScript([...settings.faults, ...(settings.profile?.faults ?? [])]);
  for (const rule of settings.profile?.random ?? []) script.addRandom(rule);

  answerErrorsAsDocumented(app);
  let url = '';
  const counts: CallCounts = {};
  const nextFault = (endpoint: FaultEndpoint) => script.next(endpoint, Date.now());
  const deliveries = webhooks(() => nextFault('webhook'));
  await app.register((routes, _options, done) => {
    requireKey(routes, 'authorization', settings.apiKey);
    countCalls(routes, counts);
    addFaults(routes, nextFault);
    addProviderRoutes(routes, {
      maxInFlight: settings.maxInFlight,
      ledger,
      pace: settings.pace,
      webhooks: deliveries,
    });
    done();
  });
  await app.register(
    (routes, _options, done) => {
      requireKey(routes, 'x-tryiton-key', settings.apiKey);
      countCalls(routes, counts);
      addFaults(routes, nextFault);
      addTryitonRoutes(routes, { ledger, pace: settings.pace, url: () => url });
      done();
    },
    { prefix: '/tryiton' },
  );
  addTryitonShop(app, ledger);
  app.get('/sandbox/ledger', () => ({
    credits: { starting: ledger.state.startingCredits, spent: ledger.creditsSpent, left: ledger.creditsLeft },
    uploads: ledger.state.uploads,
    submissions: ledger.state.submissions,
    tryiton: ledger.state.tryiton,
  }));
  app.get('/sandbox/calls', () => counts);
  app.post('/sandbox/faults', ({ body }) => {
    if (isRandom(body)) {
      const { random } = parseBody(z.strictObject({ random: randomFaultsSchema }), body);
      script.addRandom(random);
      return { random };
    }
    const fault = parseBody(faultSchema, body);
    script.add(fault);
    return fault;
  });
  app.delete('/sandbox/faults', () => {
    script.clear();
    return {};
  });

  url = await app.listen({ host: settings.host, port: settings.port });
  const close = async () => {
    deliveries.close();
    await app.close();
  };
  return { url, port: Number(new URL(url).port), close };
}

/** The bare key, as both document it, or with `Bearer`, as APIFRAME's SDK sends it. A wrong one gets `{}`. */
function requireKey(app: FastifyInstance, header: 'authorization' | 'x-tryiton-key', apiKey: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const given = String(request.headers[header] ?? '').replace(/^Bearer /, '');
    if (!sameText(given, apiKey)) return reply.code(401).send({});
    return undefined;
  });
}

function isRandom(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'random' in body;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function answerErrorsAsDocumented(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const isTheirs = error instanceof BadRequest || hasClientStatus(error);
    if (isTheirs) return reply.code(400).send({ errors: [{ msg: error.message }] });
    return reply.code(500).send({});
  });
}

/** What fastify itself refuses: broken JSON, a body over the limit, a wrong content type. */
function hasClientStatus(error: unknown): error is Error {
  return (
    error instanceof Error &&
    'statusCode' in error &&
    typeof error.statusCode === 'number' &&
    error.statusCode < 500
  );
}
