import { z } from 'zod';
import { FAILURE_CODES } from './failure-code';
import { PHOTO_REASONS } from './photo';
import { END_STATES } from './state';

export const creditsSchema = z.strictObject({
  /** Set aside for a submission whose outcome is not settled yet; in the end, what may have been charged beyond `spent`. */
  reserved: z.number(),
  /** What the provider's price list says was charged: uploads, and the training once it was accepted. */
  spent: z.number(),
});

export const photoVerdictSchema = z.strictObject({
  photo: z.string(),
  verdict: z.enum(['accepted', 'warned', 'rejected']),
  reasons: z.array(z.enum(PHOTO_REASONS)),
  output: z.string().nullable(),
  /** The photo of the same request that this one repeats. */
  twin: z.string().optional(),
});

export const photoSummarySchema = z.strictObject({
  /** How varied the photo set is, in one sentence. */
  advice: z.string(),
  /** What the photos that a gate rejected would have cost. */
  creditsSaved: z.number(),
  /** What a person should know of how the photos were looked at, such as gates that could not be asked. */
  notices: z.array(z.string()).default([]),
  /** Storage key of a page that shows each photo beside what became of it. */
  report: z.string(),
});

export const chargeSchema = z.enum(['none', 'charged', 'unknown']);

export const trainResultSchema = z.strictObject({
  id: z.string(),
  state: z.enum(END_STATES),
  provider: z.string(),
  subject: z.string(),
  trainingId: z.string().nullable(),
  triggerWord: z.string().nullable(),
  /** Storage keys of the images that the training has made; empty where the training itself is the result. */
  results: z.array(z.string()).default([]),
  credits: creditsSchema,
  /** Whether the paid call of this training took place. `none` is a promise; starting again is free. */
  charge: chargeSchema,
  photos: z.array(photoVerdictSchema),
  /** Null before the photos were looked at, and where a release did that which wrote no summary. */
  photoSummary: photoSummarySchema.nullable().default(null),
  failure: z.strictObject({ code: z.enum(FAILURE_CODES), message: z.string() }).nullable(),
});
