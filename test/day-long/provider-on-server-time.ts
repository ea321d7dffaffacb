import { randomUUID } from 'node:crypto';
import Fastify from 'fastify';
import type { Submission, Upload } from '../../src/sandbox/ledger';
import { trainingAnswer, uploadAnswer } from '../../src/sandbox/task-answers';

export interface ProviderOnServerTime {
  readonly url: string;
  readonly uploads: readonly Upload[];
  readonly submissions: readonly Submission[];
  /** When a training was asked for, on the server's clock. */
  readonly looksAtMs: readonly number[];
  close(): Promise<void>;
}

const UPLOAD_TTL_MS = 3_600_000;

/**
 * APIFRAME with the answers of the sandbox, by another clock: the sandbox lives on the wall's, where a training of a day
 * takes a day, and a training whose timers are skipped would find it at its beginning for ever. It delivers nothing.
 */
export async function providerOnServerTime(options: {
  nowMs: () => Promise<number>;
  trainMs: number;
  /** Some say how far a training is, and whoever polls goes by it. */
  saysPercent: boolean;
}): Promise<ProviderOnServerTime> {
  const { nowMs, trainMs, saysPercent } = options;
  const uploads: Upload[] = [];
  const submissions: Submission[] = [];
  const looksAtMs: number[] = [];
  const app = Fastify({ bodyLimit: 64 * 1024 * 1024, forceCloseConnections: true });

  app.post<{ Body: { images: string[] } }>('/ai-photo-upload', async ({ body }) => {
    const atMs = await nowMs();
    const upload = {
      taskId: randomUUID(),
      atMs,
      images: body.images.length,
      credits: 2,
      readyAtMs: atMs + 1000,
    };
    uploads.push({ ...upload, expiresAtMs: upload.readyAtMs + UPLOAD_TTL_MS, fails: false });
    return { task_id: upload.taskId };
  });
  app.post<{ Body: { training_images_id: string } }>('/ai-photo-train', async ({ body }, reply) => {
    const atMs = await nowMs();
    const upload = uploads.find(({ taskId }) => taskId === body.training_images_id);
    if (upload === undefined || atMs < upload.readyAtMs || atMs > upload.expiresAtMs)
      return reply.code(400).send({ errors: [{ msg: 'training_images_id is not usable' }] });
    const { taskId: uploadTaskId, images } = upload;
    const training = { taskId: randomUUID(), atMs, uploadTaskId, images, credits: 4 * images, fails: false };
    submissions.push({ ...training, triggerWord: 'TOKIKD', finishedAtMs: atMs + trainMs });
    return { task_id: training.taskId };
  });
  app.post<{ Body: { task_id: string } }>('/fetch', async ({ body }, reply) => {
    const atMs = await nowMs();
    const upload = uploads.find(({ taskId }) => taskId === body.task_id);
    if (upload !== undefined) return uploadAnswer(upload, atMs);
    const submission = submissions.find(({ taskId }) => taskId === body.task_id);
    if (submission === undefined) return reply.code(404).send({ errors: [{ msg: 'Task not found' }] });
    const { percentage, ...answer } = trainingAnswer(submission, atMs, looksAtMs.push(atMs));
    return saysPercent ? { ...answer, percentage } : answer;
  });
  app.get('/account', () => ({ credits: 100_000 }));

  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, uploads, submissions, looksAtMs, close: () => app.close() };
}
