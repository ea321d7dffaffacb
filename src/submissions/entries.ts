import { z } from 'zod';

/**
 * What stands in the store about one attempt to submit: entries that are created exclusively and never changed. They
 * hold no photo, no name and no key; `id` is the workflow id, the caller's idempotency key. Instants are Unix
 * milliseconds of the worker's clock. Loose objects, because a later release may have written them.
 */
const intentSchema = z.looseObject({
  kind: z.literal('intent'),
  id: z.string(),
  attempt: z.number(),
  provider: z.string(),
  account: z.string(),
  /** What was asked for, so that an id that is used for something else is noticed. */
  requestHash: z.string(),
  /** Hash of the contents of the photo set; null in the record of a run that an older release began. */
  photoSet: z.string().nullable(),
  expectedCredits: z.number(),
  /** Balance before the call, where the account is declared exclusive. */
  creditsBefore: z.number().nullable(),
  /** Its name among the calls on that account. */
  call: z.string().nullable(),
  /** Unguessable; stands in the webhook address of this attempt and nowhere else outside the store. */
  token: z.string(),
  webhookSecret: z.string().nullable(),
  atMs: z.number(),
  /** After this instant the activity that wrote this neither sends nor waits for an answer. */
  overAtMs: z.number(),
});
export type Intent = z.infer<typeof intentSchema>;

/** Says that this attempt was not and will never be sent: whoever wakes up late finds its place taken. */
const voidSchema = z.looseObject({
  kind: z.literal('void'),
  id: z.string(),
  attempt: z.number(),
  atMs: z.number(),
});

export const beginningSchema = z.discriminatedUnion('kind', [intentSchema, voidSchema]);
export type Beginning = z.infer<typeof beginningSchema>;

export const outcomeSchema = z.discriminatedUnion('outcome', [
  z.looseObject({ outcome: z.literal('accepted'), trainingId: z.string(), atMs: z.number() }),
  z.looseObject({ outcome: z.literal('refused'), words: z.string(), atMs: z.number() }),
  z.looseObject({ outcome: z.literal('unknown'), words: z.string(), atMs: z.number() }),
]);
export type RecordedOutcome = z.infer<typeof outcomeSchema>;

/** How an unknown outcome was settled: by the provider's proof, or by a person. */
export const settlementSchema = z.discriminatedUnion('settled', [
  z.looseObject({ settled: z.literal('found'), trainingId: z.string(), words: z.string(), atMs: z.number() }),
  z.looseObject({ settled: z.literal('not-started'), words: z.string(), atMs: z.number() }),
  z.looseObject({ settled: z.literal('adopt'), trainingId: z.string(), atMs: z.number() }),
  z.looseObject({ settled: z.literal('retry'), atMs: z.number() }),
  z.looseObject({ settled: z.literal('abandon'), atMs: z.number() }),
]);
export type Settlement = z.infer<typeof settlementSchema>;

export const endSchema = z.looseObject({ end: z.enum(['succeeded', 'failed']), atMs: z.number() });
export type RecordedEnd = z.infer<typeof endSchema>;
