import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Darkroom } from '../../client';
import type { PhotoShelf } from '../../storage/photo-shelf';
import type { Storage } from '../../storage/port';
import type { TemporalUi } from '../../temporal-ui';
import { VERSION } from '../../version';
import { MAX_PHOTOS_PER_REQUEST } from '../../contract/photo-limits';
import type { ReadReport } from '../send-report';
import { refuseOtherMethods } from './allowed-methods';
import type { KeepRows } from './asked-schedule';
import { authenticate, type Access } from './authenticate';
import { addScheduleChanges } from './change-schedules';
import { addAccounts } from './accounts';
import { addBatches } from './batches';
import { addChanges } from './change-training';
import { addEvents } from './events';
import type { LiveTrainings } from '../live-trainings';
import { limitRequests } from './limit-requests';
import { addPhotoSets } from './photo-sets';
import { problemOf, ProblemError, retryAfterS } from './problem';
import { problemOfError } from './problem-of-error';
import { addScheduleReads } from './read-schedules';
import { addReads } from './read-trainings';
import { addStart } from './start-training';
import { addScheduleSteering } from './steer-schedules';
import { traceRequests } from './trace-requests';

export interface ApiSetup {
  darkroom: Darkroom;
  live: LiveTrainings;
  access: Access;
  readReport: ReadReport;
  shelf: PhotoShelf;
  keepRows: KeepRows;
  store: Storage;
  temporalUi: TemporalUi | null;
  maxPhotoBytes: number;
  requestsAMinute: number;
  /** Told of every error, and says what nobody expected. */
  onError: (error: unknown) => void;
}

/** A request with a hundred references of a thousand characters. */
const MAX_BODY_BYTES = 256 * 1024;

/** The HTTP API below `/v1`, its description at `/openapi.json`, and a page that shows it at `/docs`. */
export async function addApi(app: FastifyInstance, setup: ApiSetup): Promise<void> {
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'string', bodyLimit: MAX_BODY_BYTES },
    app.getDefaultJsonParser('error', 'error'),
  );
  answerWithProblems(app, setup.onError);
  await describe(app, setup.access);
  await app.register((routes) => addRoutes(routes, setup), { prefix: '/v1' });
}

async function addRoutes(app: FastifyInstance, setup: ApiSetup): Promise<void> {
  const { darkroom } = setup;
  app.setNotFoundHandler(() => {
    throw new ProblemError('not-found', 'There is no such address; /docs shows those that there are');
  });
  authenticate(app, setup.access);
  traceRequests(app);
  refuseOtherMethods(app);
  await limitRequests(app, {
    requestsAMinute: setup.requestsAMinute,
    words: 'Too many requests with this key; wait as Retry-After says',
  });
  addStart(app, darkroom);
  addReads(app, setup);
  addChanges(app, darkroom);
  addEvents(app, setup.live);
  addScheduleReads(app, darkroom);
  addScheduleChanges(app, setup);
  addScheduleSteering(app, darkroom);
  addAccounts(app, setup);
  await addBatches(app, setup);
  await addPhotoSets(app, setup);
}

/** https://spec.openapis.org/oas/v3.1.0, out of the schemas that check the requests. */
async function describe(app: FastifyInstance, access: Access): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Darkroom',
        version: VERSION,
        description: 'Starts trainings, once each, and tells what becomes of them.',
      },
      ...(access.ask === 'keys' && {
        components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
        security: [{ key: [] }],
      }),
    },
    transform: (route) => withForm(jsonSchemaTransform(route)),
  });
  await app.register(swaggerUi, { routePrefix: '/docs' });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
}

/** A form goes by as a stream, so no schema checks it, and none would describe it. */
function withForm(route: ReturnType<typeof jsonSchemaTransform>): typeof route {
  const { schema, url } = route;
  if (schema.consumes?.includes('multipart/form-data') !== true) return route;
  const photos = {
    type: 'array',
    minItems: 1,
    maxItems: MAX_PHOTOS_PER_REQUEST,
    items: { type: 'string', format: 'binary' },
  };
  return {
    url,
    schema: {
      ...schema,
      body: {
        type: 'object',
        required: ['photo'],
        additionalProperties: false,
        properties: { photo: photos },
      },
    },
  };
}

function answerWithProblems(app: FastifyInstance, onError: ApiSetup['onError']): void {
  app.setErrorHandler((error, _request, reply) => {
    const problem = problemOfError(error);
    onError(error);
    const after = retryAfterS(problem.code);
    if (after !== null && !reply.hasHeader('retry-after')) reply.header('retry-after', after);
    const body = problemOf(problem);
    return reply.code(body.status).type('application/problem+json').send(JSON.stringify(body));
  });
}
