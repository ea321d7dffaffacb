import type { z } from 'zod';
import type { Darkroom, RetriedBatch } from '../../client';
import type { steeringSchema } from './batch-schemas';

/** For callers over HTTP, who count rows as their manifest does. */
export async function steerFor(
  darkroom: Darkroom,
  id: string,
  steering: z.infer<typeof steeringSchema>,
): Promise<RetriedBatch> {
  if (steering.do === 'retry') return darkroom.retryBatch(id, steering);
  const status =
    steering.do === 'cancel' && steering.rows !== undefined
      ? await darkroom.cancelRows(id, steering.rows)
      : await darkroom.steerBatch(id, { do: steering.do });
  return { status, again: 0, left: [] };
}
