import { z } from 'zod';
import { OUTCOMES } from '../../batches/report/report-row';
import type { BatchReport } from '../../batches/report/batch-report';
import { BEYOND_MEANS, DEFAULT_IN_FLIGHT, ROW_STATES, type BatchStatus } from '../../contract/batch';
import { chargeSchema } from '../../contract/result-schema';
import { trainRequestSchema } from '../../contract/request-schema';

/** What one request may bring; a larger manifest is for the command line. */
export const MAX_BATCH_ROWS = 5000;
const inFlight = z.coerce.number().int().min(1).max(1000).default(DEFAULT_IN_FLIGHT);
const budgetCredits = z.coerce
  .number()
  .int()
  .min(1)
  .describe(
    'What the batch may cost, over every run under its id; as much as its accounts have where nothing is said.',
  );
const beyondMeans = z
  .enum(BEYOND_MEANS)
  .describe(
    'Where more is needed: the batch ends as OverBudget before anything is started, or rows are left out.',
  );
const rowNumber = z.int().min(1).max(1_000_000);
const counts = z.record(z.string(), z.int());

export const startBatchSchema = z.strictObject({
  rows: z
    .array(trainRequestSchema)
    .min(1)
    .max(MAX_BATCH_ROWS)
    .describe('Requests, as `POST /v1/trainings` takes them. Each has the id that it has without a key.'),
  numbers: z
    .array(rowNumber)
    .optional()
    .describe('As you count the rows, ascending; 1, 2, 3 where nothing is said.'),
  inFlight: inFlight.describe('So many trainings are under way at once, at most.'),
  budgetCredits: budgetCredits.optional(),
  beyondMeans: beyondMeans.default('refuse'),
});

/** For a body of text/csv. */
export const startBatchQuery = z.strictObject({
  inFlight: inFlight.optional(),
  budgetCredits: budgetCredits.optional(),
  beyondMeans: beyondMeans.optional(),
});

export const startedBatchSchema = z.object({
  id: z.string(),
  how: z
    .enum(['started', 'joined'])
    .describe('joined: it runs already, with the limits and the budget that it has'),
  rows: z.int(),
});

export const batchStatusSchema = z.object({
  id: z.string(),
  rows: z.int(),
  states: z.partialRecord(z.enum(ROW_STATES), z.int()),
  creditsSpent: z
    .int()
    .describe(
      'Paid by the batch itself, over every run under its id; what others have paid for rows that it joined is not.',
    ),
  inFlight: z.int(),
  budgetCredits: z.int().nullable().describe('What it may cost in all; null: as much as its accounts have.'),
  rowsNotRight: z
    .int()
    .optional()
    .describe('Rows of its manifest that were not right, beside `rows`; `batch run` leaves those out.'),
  isPaused: z.boolean(),
  isCanceled: z.boolean(),
  line: z.string().describe('One sentence for a person.'),
}) satisfies z.ZodType<BatchStatus>;

export const batchListSchema = z.object({
  batches: z.array(
    z.object({
      id: z.string(),
      is: z
        .enum(['running', 'over', 'stopped'])
        .describe('stopped: it has failed, or an operator has terminated it'),
      startedAt: z.iso.datetime(),
      endedAt: z.iso.datetime().nullable(),
    }),
  ),
  cursor: z.string().nullable().describe('For the next page; null on the last one.'),
});

const rowSchema = z.object({
  row: z.int().describe('As the manifest counts them.'),
  place: z.int(),
  id: z.string().describe('Of its training, once it was started.'),
  subject: z.string(),
  provider: z.string(),
  customer: z.string().nullable(),
  state: z.enum(ROW_STATES),
  creditsSpent: z.number(),
});

export const rowsQuerySchema = z.object({
  state: z.enum(ROW_STATES).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  cursor: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a cursor that the list gave out')
    .optional(),
});
export const rowPageSchema = z.object({ rows: z.array(rowSchema), cursor: z.string().nullable() });

const someRows = z
  .array(rowNumber)
  .min(1)
  .max(MAX_BATCH_ROWS)
  .optional()
  .describe('As the manifest counts them; all where nothing is said.');
export const steeringSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('pause') }),
  z.strictObject({ do: z.literal('resume') }),
  z.strictObject({ do: z.literal('cancel'), rows: someRows }),
  z.strictObject({
    do: z.literal('retry'),
    rows: someRows,
    budgetCredits: z
      .int()
      .min(1)
      .optional()
      .describe(
        'What the whole batch may cost from now on, what it has spent, or may have, among it; as before where nothing is said. Rows for which nothing is left are left out. Nothing changes where the batch is over and no row starts over.',
      ),
  }),
]);
export const steeredSchema = z.object({
  status: batchStatusSchema,
  again: z.int().describe('Of a retry: so many rows start over.'),
  left: z
    .array(rowSchema.extend({ why: z.string() }))
    .describe('Of a retry: rows that have cost something, or may have, and are left as they are.'),
});

const credits = z.object({ planned: z.number(), reserved: z.number(), spent: z.number(), saved: z.number() });
const reportRow = z.object({
  row: z.int(),
  id: z.string(),
  subject: z.string(),
  customer: z.string().nullable(),
  provider: z.string(),
  state: z.enum(ROW_STATES),
  outcome: z.enum(OUTCOMES),
  photos: z.int(),
  photosGood: z.int().nullable(),
  photosRejected: z.int().nullable(),
  reasons: counts,
  creditsPlanned: z.number(),
  creditsReserved: z.number(),
  creditsSpent: z.number(),
  creditsSaved: z.number(),
  charge: chargeSchema.nullable(),
  startedAt: z.iso.datetime().nullable(),
  endedAt: z.iso.datetime().nullable(),
  tookMs: z.number().nullable(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  link: z.string().nullable(),
});
export const batchReportSchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  line: z.string(),
  outcomes: z.partialRecord(z.enum(OUTCOMES), z.int()),
  credits,
  customers: z.array(z.object({ customer: z.string().nullable(), rows: z.int(), done: z.int(), credits })),
  photos: z.object({ good: z.int(), rejected: z.int(), reasons: counts }),
  slowest: z.array(reportRow),
  rows: z.array(reportRow),
  notRight: z
    .array(z.object({ row: z.int(), message: z.string() }))
    .describe('Rows of the manifest that are none of the batch, and why.'),
}) satisfies z.ZodType<BatchReport>;
