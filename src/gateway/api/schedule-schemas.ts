import { z } from 'zod';
import { BEYOND_MEANS } from '../../contract/batch';
import { folderRuleSchema } from '../../contract/folder-rule-schema';
import { trainRequestSchema } from '../../contract/request-schema';
import {
  CALENDAR_FIELDS,
  OVERLAPS,
  SCHEDULE_NAME_PATTERN,
  SCHEDULE_NAME_RULE,
} from '../../contract/schedule';

export const scheduleParams = z.object({
  id: z.string().regex(SCHEDULE_NAME_PATTERN, `must be ${SCHEDULE_NAME_RULE}`).describe('Its name.'),
});

const MOST_TIMES = 20;
const words = z.string().min(1).max(200);
const fieldSchema = z.string().min(1).max(100).optional();

const timesShape = {
  cron: z
    .array(words)
    .max(MOST_TIMES)
    .optional()
    .describe('Five fields as in crontab; a day has to fit both.'),
  every: z.array(words).max(MOST_TIMES).optional().describe('`6h`, or `6h/30m` for half an hour past that.'),
  calendar: z
    .array(
      z.strictObject(
        Object.fromEntries(CALENDAR_FIELDS.map((field) => [field, fieldSchema])) as Record<
          (typeof CALENDAR_FIELDS)[number],
          typeof fieldSchema
        >,
      ),
    )
    .max(MOST_TIMES)
    .optional()
    .describe('Fields as in cron, by name; what is left out of second, minute and hour is 0.'),
};

const settingsShape = {
  timezone: z.string().min(1).max(100).optional().describe('IANA name; UTC where nothing is said.'),
  jitterMs: z.int().min(0).max(86_400_000).optional(),
  overlap: z
    .enum(OVERLAPS)
    .optional()
    .describe('Where an earlier batch still runs; skip where nothing is said.'),
  catchUpMs: z
    .int()
    .min(10_000)
    .max(365 * 86_400_000)
    .optional()
    .describe(
      'What was missed while Temporal was down is made up for if it is no older; one hour where nothing is said.',
    ),
  pauseOnFailure: z.boolean().optional().describe('Pauses when a row of a batch did not succeed.'),
  inFlight: z
    .int()
    .min(1)
    .max(1000)
    .optional()
    .describe('So many trainings of a batch at once; 10 where nothing is said.'),
  budgetCredits: z
    .int()
    .min(1)
    .nullable()
    .optional()
    .describe('What one batch may cost; null: as much as its accounts have, as where nothing is said.'),
  beyondMeans: z
    .enum(BEYOND_MEANS)
    .optional()
    .describe(
      'Where a batch may need more: nothing of it is started (refuse, where nothing is said), or rows are left out.',
    ),
};

/** Each row is a request; folders are for the command line, which can read them. */
const manifestSchema = z
  .array(trainRequestSchema)
  .min(1)
  .max(10_000)
  .optional()
  .describe('The rows, a request each. Either this or `everyFolder`.');
const rowsShape = {
  manifest: manifestSchema,
  everyFolder: folderRuleSchema
    .optional()
    .describe('Each batch trains every folder below a place that has no training yet.'),
};

export const createScheduleSchema = z.strictObject({
  id: scheduleParams.shape.id,
  ...timesShape,
  ...settingsShape,
  ...rowsShape,
  isPaused: z.boolean().optional(),
  note: z.string().max(500).optional(),
});

export const updateScheduleSchema = z
  .strictObject({ ...timesShape, ...settingsShape, ...rowsShape })
  .describe('What is left out stays as it is; of cron, every and calendar, one replaces all.');

export const noteSchema = z.strictObject({ note: z.string().max(500).optional() });

export const backfillSchema = z.strictObject({
  from: z.iso.datetime({ offset: true }),
  to: z.iso.datetime({ offset: true }),
  overlap: z.enum(OVERLAPS).optional().describe('buffer-all where nothing is said: one after the other.'),
});

export const backfilledSchema = z.object({ times: z.array(z.iso.datetime()) });
export const triggeredSchema = z.object({
  id: z.string().nullable().describe('Of the batch; null where it waits for its turn.'),
});
export const notesSchema = z.object({
  id: z.string(),
  notes: z.array(z.string()).describe('What to know of the times, such as hours that clocks skip.'),
});

const summaryShape = {
  id: z.string(),
  isPaused: z.boolean(),
  note: z.string(),
  timezone: z.string(),
  times: z.array(z.string()),
  nextAt: z.array(z.iso.datetime()).describe('The next ten.'),
  lastStartedAt: z.iso.datetime().nullable(),
};
export const schedulesSchema = z.object({ schedules: z.array(z.object(summaryShape)) });

const batchSchema = z.object({
  id: z.string(),
  rows: z.int(),
  states: z.record(z.string(), z.int()).describe('How many rows are in each state.'),
  creditsSpent: z.number(),
  isPaused: z.boolean(),
  isCanceled: z.boolean(),
  line: z.string(),
});

export const scheduleSchema = z.object({
  ...summaryShape,
  overlap: z.enum(OVERLAPS),
  catchUpMs: z.int(),
  jitterMs: z.int(),
  pauseOnFailure: z.boolean(),
  inFlight: z.int(),
  budgetCredits: z.int().nullable(),
  beyondMeans: z.enum(BEYOND_MEANS),
  trains: z.string(),
  skippedByOverlap: z.int(),
  missedCatchUp: z.int(),
  runs: z
    .array(
      z.object({
        id: z.string(),
        scheduledAt: z.iso.datetime(),
        startedAt: z.iso.datetime(),
        outcome: z.enum([
          'running',
          'completed',
          'rows-failed',
          'failed',
          'canceled',
          'terminated',
          'forgotten',
        ]),
        status: batchSchema.nullable(),
        message: z.string(),
      }),
    )
    .describe('The last ten batches, oldest first.'),
});
