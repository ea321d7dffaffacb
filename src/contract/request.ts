import type { z } from 'zod';
import type { trainRequestSchema } from './request-schema';

/** The one argument of the workflow `trainPerson`: plain JSON, checked by the first step of the workflow. */
export type TrainRequest = z.infer<typeof trainRequestSchema>;
export type ProviderName = TrainRequest['provider'];
export type ApiframeOptions = TrainRequest['options'];
