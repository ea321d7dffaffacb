import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { imageProblem, uploadBodySchema } from './check-images';
import type { Ledger } from './ledger';
import { trainingAnswer, uploadAnswer } from './task-answers';
import type { FaultEndpoint, FaultKind } from './faults';

export interface SandboxPace {
  uploadMs: number;
  trainMs: number;
  uploadTtlMs: number;
}

const UPLOAD_CREDITS = 2;
const CREDITS_PER_TRAINING_IMAGE = 4;
/** The word that the documented sample shows; the request's own word wins. */
const DEFAULT_TRIGGER_WORD = 'TOKIKD';

const trainBodySchema = z.object({ training_images_id: z.string(), trigger_word: z.string().optional() });
const fetchBodySchema = z.object({ task_id: z.string() });

/** A refusal in the documented form, `400 {errors:[{msg}]}`. */
export class BadRequest extends Error {}

export interface RouteSetup {
  ledger: Ledger;
  pace: SandboxPace;
  nextFault: (endpoint: FaultEndpoint) => FaultKind | null;
}

/** The four calls of APIFRAME's v1 API that Darkroom makes, as documented. `docs/providers.md` has the sources. */
export function addProviderRoutes(app: FastifyInstance, { ledger, pace, nextFault }: RouteSetup): void {
  app.post('/ai-photo-upload', { config: { endpoint: 'upload' } }, ({ body, fault }) => {
    const { images } = parseBody(uploadBodySchema, body);
    const problem = images.map(imageProblem).find((one) => one !== null);
    if (problem !== undefined) throw new BadRequest(problem);
    charge(UPLOAD_CREDITS);
    const nowMs = Date.now();
    const taskId = randomUUID();
    const readyAtMs = nowMs + pace.uploadMs;
    ledger.recordUpload({
      taskId,
      atMs: nowMs,
      images: images.length,
      credits: UPLOAD_CREDITS,
      readyAtMs,
      expiresAtMs: readyAtMs + pace.uploadTtlMs,
      fails: fault === 'fail-later',
    });
    return { task_id: taskId };
  });

  app.post('/ai-photo-train', { config: { endpoint: 'train' } }, ({ body, fault }) => {
    const { training_images_id: uploadTaskId, trigger_word: triggerWord } = parseBody(trainBodySchema, body);
    const nowMs = Date.now();
    const upload = ledger.upload(uploadTaskId);
    if (upload === null) throw new BadRequest('training_images_id is not known');
    if (nowMs < upload.readyAtMs) throw new BadRequest('The images are not ready yet');
    if (nowMs > upload.expiresAtMs) throw new BadRequest('The images have expired');
    const credits = CREDITS_PER_TRAINING_IMAGE * upload.images;
    charge(credits);
    const taskId = randomUUID();
    ledger.recordSubmission({
      taskId,
      atMs: nowMs,
      uploadTaskId,
      images: upload.images,
      credits,
      triggerWord: triggerWord ?? DEFAULT_TRIGGER_WORD,
      finishedAtMs: nowMs + pace.trainMs,
      fails: fault === 'fail-later',
    });
    return { task_id: taskId };
  });

  app.post('/fetch', { config: { endpoint: 'fetch' } }, ({ body, fault }, reply) => {
    const { task_id: taskId } = parseBody(fetchBodySchema, body);
    const upload = ledger.upload(taskId);
    const submission = ledger.submission(taskId);
    const nowMs = Date.now();
    if (fault === 'odd-word') return { task_id: taskId, status: 'polishing', message: 'Not documented' };
    if (upload !== null) return uploadAnswer(upload, nowMs);
    if (submission !== null) return trainingAnswer(submission, nowMs);
    // What the provider says of an id that it does not know is documented nowhere.
    return reply.code(404).send({ errors: [{ msg: 'Task not found' }] });
  });

  app.get('/account', { config: { endpoint: 'account' } }, () => ({
    email: 'sandbox@example.invalid',
    credits: ledger.creditsLeft,
    total_images: ledger.state.submissions.length,
    plan: 'sandbox',
  }));

  app.decorateRequest('fault', null);
  app.addHook('preHandler', (request, _reply, done) => {
    const { endpoint } = request.routeOptions.config;
    request.fault = endpoint === undefined ? null : nextFault(endpoint);
    done();
  });

  function charge(credits: number): void {
    if (ledger.creditsLeft < credits) throw new BadRequest('Not enough credits');
  }
}

/** @throws BadRequest that names the field */
export function parseBody<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadRequest(`${issue?.path.join('.') || 'body'}: ${issue?.message ?? 'is not valid'}`);
}
