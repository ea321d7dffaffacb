import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodError } from 'zod';
import { RowNotFoundError, SteeringRefusedError, type Darkroom } from '../../client';
import { steeringSchema } from '../api/batch-schemas';
import { idParams } from '../api/schemas';
import { steerFor } from '../api/steer-for';
import type { RowsQuery } from './see-batch';

/** What the page says besides what there is to see, and the rows that were typed into a form that was refused. */
export type BatchNotice =
  { kind: 'done'; text: string } | { kind: 'refused'; text: string; typedRows: string };

export type SendBatch = (
  request: FastifyRequest,
  reply: FastifyReply,
  told: { id: string; notice: BatchNotice | null; status: number; query?: RowsQuery },
) => Promise<FastifyReply>;

type One = { Params: { id: string }; Body: Record<string, unknown> | null };

/** What the forms of a batch's page send. What is refused is said on that page. */
export function addBatchForms(app: FastifyInstance, darkroom: Darkroom, sendBatch: SendBatch): void {
  const schema = { params: idParams };
  const pageOf = (id: string) => `/batches/${encodeURIComponent(id)}`;
  // Where a refusal was read again: its address is that of the form.
  app.get<One>('/batches/:id/steering', { config: { scope: 'read' }, schema }, ({ params }, reply) =>
    reply.redirect(pageOf(params.id), 303),
  );
  app.post<One>('/batches/:id/steering', { config: { scope: 'start' }, schema }, async (request, reply) => {
    const { id } = request.params;
    const fields = request.body ?? {};
    const typedRows = typedInto(fields, 'rows');
    const typedBudget = typedInto(fields, 'budgetCredits');
    const refuse = (text: string, status: number) =>
      sendBatch(request, reply, { id, notice: { kind: 'refused', text, typedRows }, status });
    const steering = steeringSchema.safeParse({
      do: fields['do'],
      ...(typedRows !== '' && { rows: typedRows.split(/[\s,;]+/).map(Number) }),
      ...(typedBudget !== '' && { budgetCredits: Number(typedBudget) }),
    });
    if (!steering.success) return refuse(adviceOn(steering.error), 400);
    try {
      const { again, left } = await steerFor(darkroom, id, steering.data);
      const told = steering.data.do === 'retry' ? `&again=${again}&left=${left.length}` : '';
      return await reply.redirect(`${pageOf(id)}?asked=${steering.data.do}${told}`, 303);
    } catch (error) {
      if (error instanceof SteeringRefusedError) return refuse(error.message, 409);
      if (error instanceof RowNotFoundError) return refuse(error.message, 400);
      throw error;
    }
  });
}

function typedInto(fields: Record<string, unknown>, name: string): string {
  const typed = fields[name];
  return typeof typed === 'string' ? typed.trim() : '';
}

function adviceOn({ issues }: ZodError): string {
  const at = issues[0]?.path[0];
  if (at === 'budgetCredits') return 'A budget is a whole number of credits, 1 or more.';
  return at === 'rows' ? 'Write numbers of rows, such as 3, 812.' : 'This is nothing that a batch does.';
}
