import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { imageProblem, uploadBodySchema } from './check-images';
import type { Ledger, Submission } from './ledger';
import { trainingAnswer, uploadAnswer, withLowerPercentage } from './task-answers';
import { FIRST_DELIVERY_MS, type Webhooks } from './webhooks';

export interface SandboxPace {
  uploadMs: number;
  trainMs: number;
  uploadTtlMs: number;
}

const UPLOAD_CREDITS = 2;
const CREDITS_PER_TRAINING_IMAGE = 4;
/** The word that the documented sample shows; the request's own word wins. */
const DEFAULT_TRIGGER_WORD = 'TOKIKD';

const trainBodySchema = z.object({
  training_images_id: z.string(),
  trigger_word: z.string().optional(),
  webhook_url: z.url({ protocol: /^https?$/ }).optional(),
  webhook_secret: z.string().optional(),
});
/** Of the training's time. How often the provider reports is documented nowhere. */
const DELIVERED_AT = [0, 0.25, 0.5, 0.75, 1];

const fetchBodySchema = z.object({ task_id: z.string() });
const fetchManyBodySchema = z.object({ task_ids: z.array(z.string()).min(2).max(20) });

/** A refusal in the documented form, `400 {errors:[{msg}]}`. */
export class BadRequest extends Error {}

export interface RouteSetup {
  ledger: Ledger;
  pace: SandboxPace;
  webhooks: Webhooks;
  maxInFlight: number | null;
}

/** The calls of APIFRAME's v1 API that Darkroom makes, as documented. `docs/providers.md` has the sources. */
export function addProviderRoutes(app: FastifyInstance, setup: RouteSetup): void {
  const { ledger, pace } = setup;
  /** How often a training was asked for, by task: what decides about a change of mind. */
  const looks = new Map<string, number>();

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
      fails: fault?.kind === 'fail-later',
    });
    return { task_id: taskId };
  });

  app.post('/ai-photo-train', { config: { endpoint: 'train' } }, async ({ body, fault }, reply) => {
    const given = parseBody(trainBodySchema, body);
    const { training_images_id: uploadTaskId, trigger_word: triggerWord } = given;
    const nowMs = Date.now();
    // As v2 documents its cap, `maxConcurrentTrainings`; for v1 none is documented, and so are no words.
    const inFlight = ledger.state.submissions.filter(({ finishedAtMs }) => finishedAtMs > nowMs).length;
    if (setup.maxInFlight !== null && inFlight >= setup.maxInFlight)
      return reply
        .code(429)
        .send({ errors: [{ msg: `Too many concurrent trainings (${setup.maxInFlight} in flight)` }] });
    const upload = ledger.upload(uploadTaskId);
    if (upload === null) throw new BadRequest('training_images_id is not known');
    if (nowMs < upload.readyAtMs) throw new BadRequest('The images are not ready yet');
    if (nowMs > upload.expiresAtMs || fault?.kind === 'expired')
      throw new BadRequest('The images have expired');
    const credits = CREDITS_PER_TRAINING_IMAGE * upload.images;
    charge(credits);
    const taskId = randomUUID();
    const submission: Submission = {
      taskId,
      atMs: nowMs,
      uploadTaskId,
      images: upload.images,
      credits,
      triggerWord: triggerWord ?? DEFAULT_TRIGGER_WORD,
      finishedAtMs: nowMs + pace.trainMs,
      fails: fault?.kind === 'fail-later',
      ...(fault?.kind === 'fail-then-retry' && { retries: true }),
    };
    ledger.recordSubmission(submission);
    await announce(submission, given, { isFirstEarly: fault?.kind === 'webhook-first' });
    return { task_id: taskId };
  });

  app.post('/fetch', { config: { endpoint: 'fetch' } }, ({ body, fault }, reply) => {
    const { task_id: taskId } = parseBody(fetchBodySchema, body);
    const upload = ledger.upload(taskId);
    const submission = ledger.submission(taskId);
    const nowMs = Date.now();
    if (fault?.kind === 'odd-word')
      return { task_id: taskId, status: 'polishing', message: 'Not documented' };
    if (upload !== null && fault?.kind !== 'forgotten') return uploadAnswer(upload, nowMs);
    if (submission !== null && fault?.kind !== 'forgotten') {
      const answer = lookedAt(submission, nowMs);
      return fault?.kind === 'percent-back' ? withLowerPercentage(answer) : answer;
    }
    // What the provider says of an id that it does not know is documented nowhere.
    return reply.code(404).send({ errors: [{ msg: 'Task not found' }] });
  });

  // Documented for another family of tasks; that a task which is not known is left out is our guess.
  app.post('/fetch-many', { config: { endpoint: 'fetch-many' } }, ({ body, fault }, reply) => {
    if (fault?.kind === 'forgotten') return reply.code(404).send({ errors: [{ msg: 'Not found' }] });
    const { task_ids: taskIds } = parseBody(fetchManyBodySchema, body);
    const nowMs = Date.now();
    const known = taskIds
      .filter((_, index) => fault?.kind !== 'half-missing' || index % 2 === 0)
      .flatMap((taskId) => ledger.submission(taskId) ?? []);
    return { tasks: known.map((submission) => lookedAt(submission, nowMs)) };
  });

  app.get('/account', { config: { endpoint: 'account' } }, () => ({
    email: 'sandbox@example.invalid',
    credits: ledger.creditsLeft,
    total_images: ledger.state.submissions.length,
    plan: 'sandbox',
  }));

  function lookedAt(submission: Submission, nowMs: number): Record<string, unknown> {
    const look = (looks.get(submission.taskId) ?? 0) + 1;
    looks.set(submission.taskId, look);
    return trainingAnswer(submission, nowMs, look);
  }

  /** Progress now and then, and the end. https://docs.apiframe.ai/webhooks */
  async function announce(
    submission: Submission,
    given: z.infer<typeof trainBodySchema>,
    { isFirstEarly }: { isFirstEarly: boolean },
  ): Promise<void> {
    if (given.webhook_url === undefined) return;
    const target = { url: given.webhook_url, secret: given.webhook_secret ?? null };
    const body = () => ({
      task_id: submission.taskId,
      ...trainingAnswer(submission, Date.now(), Infinity),
    });
    if (isFirstEarly) await setup.webhooks.now(target, body());
    for (const share of DELIVERED_AT)
      setup.webhooks.later(target, Math.max(pace.trainMs * share, FIRST_DELIVERY_MS), body);
  }

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
