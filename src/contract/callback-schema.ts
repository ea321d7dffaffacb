import { z } from 'zod';
import { trainResultSchema } from './result-schema';
import { trainStatusSchema } from './status-schema';

const common = {
  /** When it happened; it may arrive up to a day later. */
  timestamp: z.iso.datetime(),
};

/** The body of a callback: an end, with the result, or that a person has to decide, with the status. */
export const callbackSchema = z.discriminatedUnion('type', [
  z.strictObject({ ...common, type: z.literal('training.needs-decision'), data: trainStatusSchema }),
  z.strictObject({
    ...common,
    type: z.enum(['training.succeeded', 'training.failed', 'training.canceled', 'training.timed-out']),
    data: trainResultSchema,
  }),
]);
