import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { assertNever } from '../contract/assert-never';
import { deliverySecret, openToken, type AttemptAt } from '../webhooks/attempt-address';
import { sameText } from '../webhooks/keyed-hash';
import { coalescing, type Taken } from './coalesce';
import { readDelivery } from './delivery';
import type { RefusalLog } from './refusal-log';
import type { TrainingSignals } from './training-signals';

export interface WebhookSetup {
  signals: Pick<TrainingSignals, 'send'>;
  secrets: readonly string[];
  onDelivery: (about: AttemptAt & { taken: Taken }) => void;
  refusals: RefusalLog;
}

/** Whose deliveries are known; TryItOn documents none. */
const PROVIDERS = ['apiframe'];
/** A minute's worth: of one attempt, or of forgeries from one address. */
const DELIVERIES_A_MINUTE = 120;
/** An honest delivery has some hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** The attempt that the address names; null where it was not signed by us. */
    attempt: { at: AttemptAt; secret: string; token: string } | null;
  }
}

type Params = { Params: { provider: string; token: string } };

/**
 * `POST /webhooks/:provider/:token`. The address is signed, and the secret of the attempt must come with it; then the delivery is a
 * hint that something has happened, and whatever the body says is looked up at the provider.
 */
export async function addWebhookRoute(app: FastifyInstance, setup: WebhookSetup): Promise<void> {
  const take = coalescing(setup.signals);
  app.decorateRequest('attempt', null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    const { provider = '', token = '' } = request.params as Partial<Params['Params']>;
    const opened = PROVIDERS.includes(provider)
      ? openToken(token, { provider, secrets: setup.secrets })
      : null;
    request.attempt = opened && { ...opened, token };
    done();
  });
  await app.register(rateLimit, {
    max: DELIVERIES_A_MINUTE,
    timeWindow: 60_000,
    cache: 10_000,
    keyGenerator: ({ attempt, ip }) => (attempt === null ? ip : attempt.token),
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
  });
  // Before the body is read: nobody without the secret makes us read one.
  app.addHook('preParsing', async (request, reply) => {
    const why = refusal(request);
    if (why === null) return undefined;
    setup.refusals.add(why === 404 ? 'address not signed by us' : 'secret missing or wrong');
    return reply.code(why).header('connection', 'close').send({});
  });
  app.post<Params & { Body: string | undefined }>(
    '/webhooks/:provider/:token',
    async ({ attempt, body }, reply) => {
      if (attempt === null) return reply.code(404).send({});
      const taken = await take(attempt.token, attempt.at, readDelivery(body ?? ''));
      setup.onDelivery({ ...attempt.at, taken });
      return answer(reply, taken);
    },
  );
}

function refusal({ attempt, headers }: FastifyRequest): 401 | 404 | null {
  if (attempt === null) return 404;
  const given = headers['x-webhook-secret'];
  const wanted = deliverySecret(attempt.token, attempt.secret);
  return typeof given === 'string' && sameText(given, wanted) ? null : 401;
}

/** 2xx only if Temporal has the signal; 5xx so that the provider sends it again. */
function answer(reply: FastifyReply, taken: Taken): FastifyReply {
  switch (taken) {
    case 'heard':
      return reply.code(200).send({});
    case 'gone':
      return reply.code(410).send({});
    case 'unreachable':
    case 'busy':
      return reply.code(503).header('retry-after', '5').send({});
    default:
      return assertNever(taken);
  }
}
