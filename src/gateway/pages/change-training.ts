import type { FastifyInstance } from 'fastify';
import { DecisionRefusedError, NoWorkerError, TrainingEndedError, type Darkroom } from '../../client';
import type { Decision } from '../../contract/decision';
import { decisionSchema, idParams } from '../api/schemas';
import type { SendTraining } from './training-page';

type One = { Params: { id: string }; Body: Record<string, unknown> | null };

/** What the forms of a training's page send: a decision, or that it is to be canceled. What is refused is said on that page. */
export function addTrainingForms(app: FastifyInstance, darkroom: Darkroom, sendTraining: SendTraining): void {
  const schema = { params: idParams };
  // Where a refusal was read again: its address is that of the form.
  for (const form of ['decision', 'cancel'])
    app.get<One>(`/trainings/:id/${form}`, { config: { scope: 'read' }, schema }, ({ params }, reply) =>
      reply.redirect(`/trainings/${encodeURIComponent(params.id)}`, 303),
    );
  app.post<One>(
    '/trainings/:id/decision',
    { config: { scope: 'decide' }, schema },
    async (request, reply) => {
      const { id } = request.params;
      const body = request.body ?? {};
      const typedId = textOf(body['trainingId']);
      const refuse = (text: string, status: number) =>
        sendTraining(request, reply, { id, notice: { kind: 'refused', text, typedId }, status });
      const decision = decisionIn(body);
      if (typeof decision === 'string') return refuse(decision, 400);
      try {
        const { submissions } = await darkroom.status(id);
        if (textOf(body['submission']) !== String(submissions)) return await refuse(ANOTHER, 409);
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
        notice: { kind: 'refused', text: error.message, typedId: '' },
        status: 409,
      });
    }
    return reply.redirect(`/trainings/${encodeURIComponent(id)}?asked=cancel`, 303);
  });
}

/** A page that was left open speaks of what there was then. */
const ANOTHER = 'Meanwhile it has gone on, so nothing was done; see what there is to decide now.';

function textOf(field: unknown): string {
  return typeof field === 'string' ? field.trim() : '';
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
    ...(decision === 'adopt' && { trainingId: textOf(trainingId) }),
    ...(decision === 'retry' && { acceptSecondCharge: true }),
  });
  return asked.success ? asked.data : (asked.error.issues[0]?.message ?? 'This is no decision.');
}
