import type { z } from 'zod';
import type { chargeSchema, creditsSchema, photoSummarySchema, trainResultSchema } from './result-schema';

/**
 * How one training ended. The workflow returns it when the training succeeded; otherwise the workflow fails, and it
 * stands in the details of the failure.
 */
export type TrainResult = z.infer<typeof trainResultSchema>;
export type Credits = z.infer<typeof creditsSchema>;
export type Charge = z.infer<typeof chargeSchema>;
export type PhotoSummary = z.infer<typeof photoSummarySchema>;
