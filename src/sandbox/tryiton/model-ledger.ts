import { z } from 'zod';

/** A bought model. Every training of it is kept, so that a second one would be seen. */
export const boughtModelSchema = z.strictObject({
  id: z.string(),
  trainings: z.array(z.strictObject({ atMs: z.number(), images: z.number(), styles: z.number() })),
});
export type BoughtModel = z.infer<typeof boughtModelSchema>;

export const tryitonLedgerSchema = z.strictObject({
  uploads: z.number(),
  models: z.array(boughtModelSchema),
});
export type TryitonLedger = z.infer<typeof tryitonLedgerSchema>;

/** Models 101 to 105 are bought already. */
export function emptyTryitonLedger(): TryitonLedger {
  return { uploads: 0, models: [101, 102, 103, 104, 105].map((id) => ({ id: String(id), trainings: [] })) };
}
