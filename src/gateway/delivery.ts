import { z } from 'zod';

/** What a delivery says, as far as it decides whether it is worth a look. None of it is believed. */
export interface Delivery {
  trainingId: string | null;
  says: 'finished' | 'failed' | 'running' | 'nothing';
  percent: number | null;
}

/** https://docs.apiframe.ai/webhooks: the body is that of a fetch. */
const deliverySchema = z.object({
  task_id: z.string().min(1).max(200).nullable().catch(null),
  status: z.string().nullable().catch(null),
  percentage: z.union([z.string(), z.number()]).nullable().catch(null),
});

/** Whatever the body is: the address and the secret were right, so something has happened. */
export function readDelivery(body: string): Delivery {
  const given = deliverySchema.safeParse(parsed(body)).data;
  if (given === undefined) return { trainingId: null, says: 'nothing', percent: null };
  return { trainingId: given.task_id, says: saying(given.status), percent: percentIn(given.percentage) };
}

function saying(status: string | null): Delivery['says'] {
  if (status === null) return 'nothing';
  return status === 'finished' || status === 'failed' ? status : 'running';
}

function percentIn(given: string | number | null): number | null {
  const number = Number.parseFloat(String(given));
  return Number.isFinite(number) ? Math.min(Math.max(number, 0), 100) : null;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
