import { z } from 'zod';
import { SUMS_BY } from '../../accounts/sum-ledger';
import { PROVIDERS } from '../../contract/names';

/** Longer ones are no ids of workflows. */
const MAX_NAME_LENGTH = 200;

export const accountParams = z.object({
  provider: z.enum(PROVIDERS, `must be ${PROVIDERS.join(' or ')}`),
  account: z
    .string()
    .regex(/^[^\x00-\x1f\x7f]+$/, 'must be the name of an account')
    .max(MAX_NAME_LENGTH, `must have at most ${MAX_NAME_LENGTH} characters`)
    .describe('As `accounts.yaml` names it, percent-encoded.'),
});

export const accountListSchema = z.object({
  accounts: z.array(z.object({ id: z.string(), provider: z.enum(PROVIDERS), account: z.string() })),
});

const limit = z.int().nullable().describe('null: as much as anybody wants');
const customerLimits = z.object({ slots: limit, creditsPerDay: limit });

const limitsSchema = z.object({
  slots: limit.describe('Trainings in flight at the provider.'),
  submissionsPerMinute: limit,
  creditsPerDay: limit.describe('A day is one of UTC.'),
  isExclusive: z.boolean().describe('One paid call at a time.'),
  isPaused: z.boolean(),
  eachCustomer: customerLimits.describe('Of each customer that `customers` does not name.'),
  customers: z.record(z.string(), customerLimits),
});

export const accountSchema = z.object({
  id: z.string(),
  provider: z.string(),
  account: z.string(),
  limits: limitsSchema.nullable().describe('null until a worker has said them'),
  problem: z.string().nullable().describe('What is wrong with `accounts.yaml`; the limits are those before.'),
  slotsTaken: z.int(),
  waiting: z.int(),
  unwritten: z.int().describe('Lines of the ledger that are not in the store yet.'),
  next: z
    .array(z.object({ id: z.string().describe('Of the training.'), place: z.int(), words: z.string() }))
    .describe('Those that come next, at most 20.'),
  credits: z.object({
    planned: z.number().describe('Of those that wait.'),
    reserved: z.number(),
    day: z
      .string()
      .describe('The day of `spent` and `unknown`, UTC: the last one on which something happened.'),
    spent: z.number(),
    unknown: z.number().describe('Perhaps charged.'),
    today: z.object({ spent: z.number(), unknown: z.number() }).describe('The same of today, UTC.'),
    left: z
      .number()
      .nullable()
      .describe("What may be set aside still, of today's limit and of the balance; null: no limit is known."),
    balance: z
      .object({
        credits: z.number(),
        at: z.iso.datetime(),
        paidSince: z.number().describe('How much of it has been paid since.'),
      })
      .nullable()
      .describe('What the provider said last.'),
  }),
});

export const CREDITS_FORMATS = ['json', 'csv'] as const;
const day = z.iso.date('must be a day such as 2026-11-25').optional();

export const creditsQuerySchema = z.object({
  by: z.enum(SUMS_BY).default('account').describe('One sum for each.'),
  from: day.describe('The first day, UTC; 30 days before the last where nothing is said.'),
  to: day.describe('The last day, UTC; today where nothing is said. 400 days are the most.'),
  format: z.enum(CREDITS_FORMATS).optional().describe('Without it as Accept says, else JSON.'),
});

export const creditsSchema = z.object({
  planned: z
    .number()
    .nullable()
    .describe('Of trainings that wait now; null where no worker says, or none has asked for a place.'),
  sums: z.array(
    z.object({
      key: z.string().describe('The account, the customer or the day.'),
      trainings: z.int(),
      reserved: z.number().describe('Set aside now, by trainings that have not ended.'),
      charged: z.number(),
      refunded: z.number(),
      unknown: z.number().describe('Of trainings that ended without an answer: perhaps charged.'),
    }),
  ),
  difference: z
    .object({ credits: z.number(), from: z.iso.datetime(), to: z.iso.datetime() })
    .nullable()
    .describe(
      "How far the provider's balance moved other than by what the ledger says; negative: something else has spent. null: it was read fewer than two times.",
    ),
});
