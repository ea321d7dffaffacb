import { z } from 'zod';
import { ID_PATTERN, ID_RULE, PROVIDER_ID_PATTERN } from '../../contract/id-pattern';
import { PROVIDERS } from '../../contract/names';
import { subjectSchema } from '../../contract/request-schema';
import { photoVerdictSchema } from '../../contract/result-schema';
import { ACTIVE_STATES, END_STATES } from '../../contract/state';

const idSchema = z.string().regex(ID_PATTERN, `must be ${ID_RULE}`);
const stateSchema = z.enum([...ACTIVE_STATES, ...END_STATES]);

export const idParams = z.object({ id: idSchema });

export const startHeaders = z.object({
  'idempotency-key': idSchema
    .optional()
    .describe(
      'The id of the training and of its workflow. The same key with the same request is the same training, however often it is sent. Without one the id is derived from the request.',
    ),
});

export const startedSchema = z
  .object({
    id: z.string(),
    how: z
      .enum(['started', 'joined'])
      .describe('joined: the id was known already, and nothing new was started'),
  })
  .describe('The training that the id stands for now.');

/** Of a page of the list, where nothing is said. */
export const USUAL_LIMIT = 50;

export const listQuerySchema = z.object({
  state: stateSchema.optional(),
  provider: z.enum(PROVIDERS).optional(),
  subject: subjectSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(USUAL_LIMIT),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,4000}$/, 'must be a cursor that the list gave out')
    .optional(),
});

export const listSchema = z.object({
  trainings: z.array(
    z.object({
      id: z.string(),
      state: z
        .enum([...ACTIVE_STATES, ...END_STATES, 'terminated', 'unknown'])
        .describe('terminated: ended by an operator, without a say of Darkroom'),
      provider: z.string(),
      subject: z.string(),
      percent: z
        .int()
        .nullable()
        .describe('0 to 100 as the provider says, in steps of ten or so; the training itself knows more'),
      creditsSpent: z.int(),
      trouble: z
        .string()
        .nullable()
        .describe('no-answer: the provider has not answered several looks in a row'),
      expectedEndAt: z.iso
        .datetime()
        .nullable()
        .describe('while it trains, as far as it was known when `percent` was told'),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime().nullable(),
    }),
  ),
  cursor: z.string().nullable().describe('For the next page; null on the last one.'),
});

/** The argument of the update `decide`, as `src/contract/decision.ts` has it. */
export const decisionSchema = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('adopt'),
    trainingId: z.string().regex(PROVIDER_ID_PATTERN, 'must be the id of the training at the provider'),
  }),
  z.strictObject({ decision: z.literal('retry'), acceptSecondCharge: z.literal(true) }),
  z.strictObject({ decision: z.literal('abandon') }),
]);

export const photosSchema = z.object({
  photos: z.array(photoVerdictSchema),
  done: z.int().nullable().describe('While they are looked at: so many are done.'),
  total: z.int(),
});
