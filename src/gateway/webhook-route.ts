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
  refusals: Pick<RefusalLog, 'add'>;
}

/** Whose deliveries are known; TryItOn documents none. */
const PROVIDERS = ['apiframe'];
/** A minute's worth: of one attempt, or of forgeries from one address. */
const DELIVERIES_A_MINUTE = 120;
/** An honest delivery has some hundred bytes. */
const MAX_BODY_BYTES = 64 * 1024;

declare module 'fastify' {
  interface FastifyRequest {
    /** The attempt that the address names and the secret proves, or why there is none. */
    attempt: { at: AttemptAt; token: string } | { refused: 401 | 404 };
  }
}

type Params = { Params: { provider: string; token: string } };

/**
 * `POST /webhooks/:provider/:token`. The address is signed, and the secret of the attempt must come with it; then the delivery is a
 * hint that something has happened, and whatever the body says is looked up at the provider.
 */
export async function addWebhookRoute(app: FastifyInstance, setup: WebhookSetup): Promise<void> {
  const take = coalescing(setup.signals);
  app.addContentTypeParser('*', { parseAs: 'string', bodyLimit: MAX_BODY_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.decorateRequest('attempt');
  app.addHook('onRequest', (request: FastifyRequest, _reply, done) => {
    request.attempt = attemptOf(request, setup.secrets);
    done();
  });
  await app.register(rateLimit, {
    max: DELIVERIES_A_MINUTE,
    timeWindow: 60_000,
    cache: 10_000,
    // Who has no secret of an attempt must not use its share up, whatever address they know.
    keyGenerator: ({ attempt, ip }) => ('refused' in attempt ? ip : attempt.token),
    onExceeded: () => setup.refusals.add('too many'),
    addHeadersOnExceeding: {
      'x-ratelimit-limit': false,
      'x-ratelimit-remaining': false,
      'x-ratelimit-reset': false,
    },
  });
  // Before the body is read: nobody without the secret makes us read one.
  app.addHook('preParsing', async ({ attempt }, reply) => {
    if (!('refused' in attempt)) return undefined;
    setup.refusals.add(attempt.refused === 404 ? 'address not signed by us' : 'secret missing or wrong');
    return reply.code(attempt.refused).header('connection', 'close').send({});
  });
  app.post<Params & { Body: string | undefined }>(
    '/webhooks/:provider/:token',
    async ({ attempt, body }, reply) => {
      if ('refused' in attempt) return reply.code(attempt.refused).send({});
      const taken = await take(attempt.token, attempt.at, readDelivery(body ?? ''));
      setup.onDelivery({ ...attempt.at, taken });
      return answer(reply, taken);
    },
  );
}

function attemptOf(
  { params, headers }: FastifyRequest,
  secrets: readonly string[],
): FastifyRequest['attempt'] {
  const { provider = '', token = '' } = params as Partial<Params['Params']>;
  const opened = PROVIDERS.includes(provider) ? openToken(token, { provider, secrets }) : null;
  if (opened === null) return { refused: 404 };
  const given = headers['x-webhook-secret'];
  const isProven = typeof given === 'string' && sameText(given, deliverySecret(token, opened.secret));
  return isProven ? { at: opened.at, token } : { refused: 401 };
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
