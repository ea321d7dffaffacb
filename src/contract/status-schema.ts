import { z } from 'zod';
import { chargeSchema, creditsSchema, photoVerdictSchema, trainResultSchema } from './result-schema';
import { ACTIVE_STATES, END_STATES } from './state';

const instant = z.iso.datetime();

export const trainStatusSchema = z.strictObject({
  id: z.string(),
  state: z.enum([...ACTIVE_STATES, ...END_STATES]),
  provider: z.string(),
  subject: z.string(),
  /** One sentence for a person: what happens now and, where something is wrong, what to do. */
  line: z.string(),
  photoCount: z.number(),
  photos: z.array(photoVerdictSchema),
  photoSummary: trainResultSchema.shape.photoSummary,
  /** While photos are looked at: so many are done. The client reads it from the heartbeat; the query does not know. */
  photosDone: z.number().nullable().default(null),
  uploads: z.number(),
  submissions: z.number(),
  /** How often an unknown outcome was looked up; the next time is `nextPollAt`. */
  lookUps: z.number().default(0),
  trainingId: z.string().nullable(),
  triggerWord: z.string().nullable(),
  /** Storage keys of the images that the training has made; empty where the training itself is the result. */
  results: z.array(z.string()).default([]),
  credits: creditsSchema,
  charge: chargeSchema,
  /** 0 to 100 as the provider says, never used to decide that a training is done. */
  percent: z.number().nullable(),
  providerWord: z.string().nullable(),
  polls: z.number(),
  failedPollsInARow: z.number(),
  lastAnswerAt: instant.nullable(),
  nextPollAt: instant.nullable(),
  deadlineAt: instant.nullable(),
  /** While it trains, by its percentage or by past ones; null where neither tells. */
  expectedEndAt: instant.nullable().default(null),
  failure: trainResultSchema.shape.failure,
});
