import type { z } from 'zod';
import type { trainStatusSchema } from './status-schema';

/** The answer of the `status` query: everything a person or a page may want to know of one training. */
export type TrainStatus = z.infer<typeof trainStatusSchema>;
