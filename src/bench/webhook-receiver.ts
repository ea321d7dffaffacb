import Fastify from 'fastify';
import type { Darkroom } from '../client';

/** Hands each delivery to the training whose attempt its address names, as whoever receives them for Darkroom does. */
export async function startWebhookReceiver(
  darkroom: Darkroom,
): Promise<{ url: string; close: () => Promise<void> }> {
  const app = Fastify();
  app.post<{ Params: Record<'id' | 'attempt' | 'token', string>; Body: { task_id?: unknown } }>(
    '/webhooks/:provider/:id/:attempt/:token',
    async ({ params: { id, attempt, token }, body }) => {
      const trainingId = typeof body.task_id === 'string' ? body.task_id : '';
      await darkroom.evidence(id, { attempt: Number(attempt), token, trainingId }).catch(() => undefined);
      return {};
    },
  );
  return { url: await app.listen({ host: '127.0.0.1', port: 0 }), close: () => app.close() };
}
