import type { ScheduleDescription } from '@temporalio/client';
import { DEFAULT_IN_FLIGHT, type BatchOrder, type FolderOrder } from '../contract/batch';
import type { ScheduleChanges, ScheduledRows, ScheduleSettings } from '../contract/schedule';
import { describeDuration } from '../duration';
import type { ScheduleSpec } from '../schedules/next-times';
import { assertComes, readTimes } from '../schedules/read-times';
import { readTimezone } from '../schedules/time-zone';
import { ScheduleInputError } from '../schedules/schedule-input-error';
import { fromTemporal, overlapOf } from './schedule-spec';

export type ScheduledOrder = BatchOrder | FolderOrder;

/** All that a schedule is. */
export interface WholePlan extends Required<{
  [K in keyof Omit<ScheduleSettings, 'timezone' | 'budgetCredits'>]: NonNullable<ScheduleSettings[K]>;
}> {
  budgetCredits: number | null;
  spec: ScheduleSpec;
  rows: ScheduledRows;
}

export const DEFAULTS = {
  timezone: 'UTC',
  overlap: 'skip',
  catchUpMs: 3_600_000,
  jitterMs: 0,
  pauseOnFailure: false,
  inFlight: DEFAULT_IN_FLIGHT,
  budgetCredits: null,
  beyondMeans: 'refuse',
} as const;

/** Temporal makes 10 s of what is less. */
const MIN_CATCH_UP_MS = 10_000;
const MAX_CATCH_UP_MS = 365 * 86_400_000;
const MAX_JITTER_MS = 86_400_000;
const MAX_IN_FLIGHT = 1000;

/** The plan with these changes. @throws ScheduleInputError */
export function changed(plan: WholePlan, changes: ScheduleChanges, nowMs: number): WholePlan {
  const { times, rows, timezone, ...settings } = changes;
  assertBounds(settings);
  if (rows !== undefined) assertPlace(rows);
  const spec = specOf(plan.spec, { times, timezone }, nowMs);
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  const next: WholePlan = { ...plan, ...given, spec, rows: rows ?? plan.rows };
  if (settings.overlap !== undefined || settings.pauseOnFailure !== undefined) assertWatched(next);
  return next;
}

/** Temporal keeps no eye on batches that may run beside each other, so it would go on, night after night, whatever became of them. */
function assertWatched({ overlap, pauseOnFailure }: WholePlan): void {
  if (overlap !== 'allow-all' || !pauseOnFailure) return;
  throw new ScheduleInputError(
    'With --overlap allow-all Temporal does not hear how a batch has ended, so --pause-on-failure would never pause; choose another overlap, such as buffer-one, or do without the pause',
  );
}

/** Times that are not touched may be over: that is no reason to refuse another change. */
function specOf(
  before: ScheduleSpec,
  { times, timezone }: Pick<ScheduleChanges, 'times' | 'timezone'>,
  nowMs: number,
): ScheduleSpec {
  if (times !== undefined) return { ...before, ...readTimes(times, timezone ?? before.timezone, nowMs) };
  if (timezone === undefined) return before;
  const spec = { ...before, timezone: readTimezone(timezone) };
  assertComes(spec, nowMs);
  return spec;
}

/** Of what is named alone: what somebody has set in Temporal's UI is no reason to refuse another change. */
function assertBounds({ catchUpMs, jitterMs, inFlight, budgetCredits }: ScheduleSettings): void {
  if (typeof budgetCredits === 'number' && (!Number.isInteger(budgetCredits) || budgetCredits < 1))
    throw new ScheduleInputError(
      `A budget of ${budgetCredits} credits trains nobody; choose 1 or more, or pause the schedule`,
    );
  within('The catch-up window', catchUpMs, MIN_CATCH_UP_MS, MAX_CATCH_UP_MS);
  within('The jitter', jitterMs, 0, MAX_JITTER_MS);
  if (inFlight !== undefined && (!Number.isInteger(inFlight) || inFlight < 1 || inFlight > MAX_IN_FLIGHT))
    throw new ScheduleInputError(
      `So many trainings at once as ${inFlight} cannot be; choose 1 to ${MAX_IN_FLIGHT}`,
    );
}

/** The workers refuse it as well, at night. @throws ScheduleInputError */
export function assertPlace(rows: ScheduledRows): void {
  if (!('everyFolder' in rows)) return;
  const { under } = rows.everyFolder;
  if (/^file:/.test(under) && under.slice('file:'.length).split('/').includes('..'))
    throw new ScheduleInputError(
      `${under} leads out of the photos folder of the workers; name a folder below it, such as file:people`,
    );
}

function within(what: string, ms: number | undefined, min: number, max: number): void {
  if (ms === undefined || (Number.isInteger(ms) && ms >= min && ms <= max)) return;
  throw new ScheduleInputError(
    `${what} is ${describeDuration(ms)}, and may be from ${describeDuration(min)} to ${describeDuration(max)}`,
  );
}

/** `pauseOnFailure` hears of workflows that fail, and a batch completes whatever its rows come to. */
export function orderOf(plan: WholePlan): ScheduledOrder {
  const { rows, inFlight, pauseOnFailure, budgetCredits, beyondMeans } = plan;
  return {
    ...rows,
    inFlight,
    beyondMeans,
    ...(budgetCredits !== null && { budgetCredits }),
    ...(pauseOnFailure && { failsWithRows: true }),
  };
}

/** Which fields of the argument a change is about. */
const FIELDS_OF = {
  rows: ['manifest', 'rows', 'pages', 'everyFolder'],
  inFlight: ['inFlight'],
  beyondMeans: ['beyondMeans'],
  budgetCredits: ['budgetCredits'],
  pauseOnFailure: ['failsWithRows'],
} as const satisfies Partial<
  Record<keyof ScheduleChanges, readonly (keyof BatchOrder | keyof FolderOrder)[]>
>;

function changedFields(changes: ScheduleChanges): string[] {
  const names = Object.keys(FIELDS_OF) as (keyof typeof FIELDS_OF)[];
  return names.filter((name) => changes[name] !== undefined).flatMap((name) => FIELDS_OF[name]);
}

/** The argument of a schedule with these changes of its plan: what nobody names stays as somebody has set it. */
export function orderWith(
  before: unknown,
  { plan, changes }: { plan: WholePlan; changes: ScheduleChanges },
): ScheduledOrder {
  const order = orderOf(plan);
  if (before === undefined || before === null) return order;
  const fields = changedFields(changes);
  const kept = Object.entries(before).filter(([name]) => !fields.includes(name));
  const put = Object.entries(order).filter(([name]) => fields.includes(name));
  // What lacks a field lacked it before, in an argument that somebody has made elsewhere.
  return Object.fromEntries([...kept, ...put]) as unknown as ScheduledOrder;
}

/** Whether these are changes of the argument. */
export function changesOrder(changes: ScheduleChanges): boolean {
  return changedFields(changes).length > 0;
}

/** Of a schedule that somebody made elsewhere, without an argument. */
const NO_ROWS: BatchOrder = { manifest: '', rows: 0, pages: [], inFlight: DEFAULTS.inFlight };

export function planOf({ spec, policies, action }: ScheduleDescription): WholePlan {
  const [order = NO_ROWS] = (action.args ?? []) as [ScheduledOrder?];
  return {
    spec: fromTemporal(spec),
    rows: rowsOf(order),
    // In what somebody has made elsewhere it may be missing.
    inFlight: (order as Partial<ScheduledOrder>).inFlight ?? DEFAULTS.inFlight,
    budgetCredits: order.budgetCredits ?? DEFAULTS.budgetCredits,
    beyondMeans: order.beyondMeans ?? DEFAULTS.beyondMeans,
    overlap: overlapOf(policies.overlap),
    catchUpMs: policies.catchupWindow,
    jitterMs: spec.jitter ?? 0,
    pauseOnFailure: policies.pauseOnFailure,
  };
}

function rowsOf(order: ScheduledOrder): ScheduledRows {
  if ('everyFolder' in order) return { everyFolder: order.everyFolder };
  const { manifest, rows, pages } = order;
  return { manifest, rows, pages };
}

export function trainsWhat(rows: ScheduledRows): string {
  return 'everyFolder' in rows ? `every new folder below ${rows.everyFolder.under}` : `${rows.rows} rows`;
}
