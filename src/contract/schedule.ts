import type { BeyondMeans, BatchOrder, BatchStatus, FolderOrder } from './batch';

export const OVERLAPS = ['skip', 'buffer-one', 'buffer-all', 'cancel-other', 'allow-all'] as const;
/** What becomes of a batch whose time comes while an earlier one of its schedule runs. */
export type Overlap = (typeof OVERLAPS)[number];

export const SCHEDULE_NAME_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
export const SCHEDULE_NAME_RULE = '1 to 64 letters, digits, ".", "_" or "-"';

export const CALENDAR_FIELDS = [
  'second',
  'minute',
  'hour',
  'dayOfMonth',
  'month',
  'dayOfWeek',
  'year',
] as const;
export type CalendarField = (typeof CALENDAR_FIELDS)[number];

/** When batches are started: at every time that any of these names. */
export interface ScheduleTimes {
  /** Five fields as in crontab, but a day has to fit both day fields. */
  cron?: readonly string[] | undefined;
  /** `6h`, or `6h/30m` for half an hour past that; counted from 1970-01-01T00:00Z. */
  every?: readonly string[] | undefined;
  /** Fields as in cron by name; second, minute and hour are 0 where nothing is said, the others any. */
  calendar?: readonly Partial<Record<CalendarField, string | undefined>>[] | undefined;
}

export interface ScheduleSettings {
  /** IANA name; `UTC` where nothing is said. Counts for cron and calendar. */
  timezone?: string | undefined;
  /** Each start is late by up to so much, at random. */
  jitterMs?: number | undefined;
  /** `skip` where nothing is said. */
  overlap?: Overlap | undefined;
  /** What was missed while Temporal was down is made up for if it is no older than this; one hour where nothing is said. */
  catchUpMs?: number | undefined;
  /** The schedule pauses when a row of a batch did not succeed. */
  pauseOnFailure?: boolean | undefined;
  /** So many trainings of a batch at once, at most; 10 where nothing is said. */
  inFlight?: number | undefined;
  /** What one batch may cost; null: as much as its accounts have, as where nothing is said. */
  budgetCredits?: number | null | undefined;
  /** Where a batch may need more: nothing of it is started (`refuse`, where nothing is said), or rows are left out. */
  beyondMeans?: BeyondMeans | undefined;
}

/** A manifest that is in the store, or a rule by which each batch looks for its rows. */
export type ScheduledRows =
  Pick<BatchOrder, 'manifest' | 'rows' | 'pages'> | Pick<FolderOrder, 'everyFolder'>;

export interface SchedulePlan extends ScheduleSettings {
  times: ScheduleTimes;
  rows: ScheduledRows;
  isPaused?: boolean | undefined;
  note?: string | undefined;
}

/** What is left out stays as it is. */
export interface ScheduleChanges extends ScheduleSettings {
  times?: ScheduleTimes | undefined;
  rows?: ScheduledRows | undefined;
}

/** Without `runs`: what a list says of it. */
export interface ScheduleSummary {
  name: string;
  isPaused: boolean;
  /** Why it is paused, as whoever paused it has said. */
  note: string;
  timezone: string;
  /** In the words in which it was asked for. */
  times: string[];
  /** Up to ten. */
  nextAt: Date[];
  lastStartedAt: Date | null;
}

export interface ScheduleStatus extends ScheduleSummary {
  overlap: Overlap;
  catchUpMs: number;
  jitterMs: number;
  pauseOnFailure: boolean;
  inFlight: number;
  budgetCredits: number | null;
  beyondMeans: BeyondMeans;
  /** `120 rows`, or the place whose folders are looked for. */
  trains: string;
  /** The last ten batches, oldest first. */
  runs: ScheduledBatch[];
  /** So many were not started because an earlier one ran, or because Temporal was down for too long. */
  skippedByOverlap: number;
  missedCatchUp: number;
}

export interface ScheduledBatch {
  /** Of the batch, for `darkroom batch show`. */
  id: string;
  scheduledAt: Date;
  startedAt: Date;
  /** `forgotten`: Temporal knows ended ones for a while only. */
  outcome: 'running' | 'completed' | 'rows-failed' | 'failed' | 'canceled' | 'terminated' | 'forgotten';
  /** How its rows have ended; null where that is not known. */
  status: BatchStatus | null;
  /** Why it has failed; empty otherwise. */
  message: string;
}
