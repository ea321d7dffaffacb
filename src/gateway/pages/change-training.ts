import type { FastifyInstance } from 'fastify';
import { DecisionRefusedError, NoWorkerError, TrainingEndedError, type Darkroom } from '../../client';
import type { Decision } from '../../contract/decision';
import { decisionSchema, idParams } from '../api/schemas';
import type { SendTraining } from './training-page';

type One = { Params: { id: string }; Body: Record<string, unknown> | null };

/** What the forms of a training's page send: a decision, or that it is to be canceled. What is refused is said on that page. */
export function addTrainingForms(app: FastifyInstance, darkroom: Darkroom, sendTraining: SendTraining): void {
  const schema = { params: idParams };
  app.post<One>(
    '/trainings/:id/decision',
    { config: { scope: 'decide' }, schema },
    async (request, reply) => {
      const { id } = request.params;
      const refuse = (text: string, status: number) =>
        sendTraining(request, reply, { id, notice: { kind: 'refused', text }, status });
      const decision = decisionIn(request.body ?? {});
      if (typeof decision === 'string') return refuse(decision, 400);
      try {
        await darkroom.decide(id, decision);
      } catch (error) {
        if (error instanceof DecisionRefusedError) return refuse(error.message, 409);
        if (error instanceof NoWorkerError) return refuse(error.message, 503);
        throw error;
      }
      return reply.redirect(`/trainings/${encodeURIComponent(id)}?asked=decision`, 303);
    },
  );
  app.post<One>('/trainings/:id/cancel', { config: { scope: 'start' }, schema }, async (request, reply) => {
    const { id } = request.params;
    try {
      await darkroom.cancel(id);
    } catch (error) {
      if (!(error instanceof TrainingEndedError)) throw error;
      return sendTraining(request, reply, {
        id,
        notice: { kind: 'refused', text: error.message },
        status: 409,
      });
    }
    return reply.redirect(`/trainings/${encodeURIComponent(id)}?asked=cancel`, 303);
  });
}

/** A decision, or what is missing from it. */
function decisionIn({
  decision,
  trainingId,
  acceptSecondCharge,
}: Record<string, unknown>): Decision | string {
  if (decision === 'retry' && acceptSecondCharge !== 'yes')
    return 'Tick the box to submit again: if the first submission has started all the same, both are charged.';
  const asked = decisionSchema.safeParse({
    decision,
    ...(decision === 'adopt' && { trainingId: typeof trainingId === 'string' ? trainingId.trim() : '' }),
    ...(decision === 'retry' && { acceptSecondCharge: true }),
  });
  return asked.success ? asked.data : (asked.error.issues[0]?.message ?? 'This is no decision.');
}
