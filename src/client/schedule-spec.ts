import type {
  ScheduleDescription,
  ScheduleOverlapPolicy,
  ScheduleSpec as TemporalSpec,
} from '@temporalio/client';
import type { CalendarSpec, CalendarSpecDescription, LooseRange } from '@temporalio/client';
import type { Overlap } from '../contract/schedule';
import type { Calendar, Range } from '../schedules/calendar';
import { intervalWords, type Interval } from '../schedules/interval';
import type { ScheduleSpec } from '../schedules/next-times';

const MONTHS = [
  'JANUARY',
  'FEBRUARY',
  'MARCH',
  'APRIL',
  'MAY',
  'JUNE',
  'JULY',
  'AUGUST',
  'SEPTEMBER',
  'OCTOBER',
  'NOVEMBER',
  'DECEMBER',
] as const;
const DAYS = ['SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY'] as const;

const POLICIES = {
  skip: 'SKIP',
  'buffer-one': 'BUFFER_ONE',
  'buffer-all': 'BUFFER_ALL',
  'cancel-other': 'CANCEL_OTHER',
  'allow-all': 'ALLOW_ALL',
} as const satisfies Record<Overlap, ScheduleOverlapPolicy>;

export function policyOf(overlap: Overlap) {
  return POLICIES[overlap];
}

/** Temporal has one more, which terminates; whoever set that in its UI sees what comes closest. */
export function overlapOf(policy: ScheduleOverlapPolicy): Overlap {
  const known = Object.entries(POLICIES).find(([, one]) => one === policy);
  return (known?.[0] ?? 'cancel-other') as Overlap;
}

export function toTemporal(spec: ScheduleSpec, jitterMs: number): TemporalSpec {
  return {
    calendars: spec.calendars.map(toCalendarSpec),
    intervals: spec.intervals.map(({ everyMs, offsetMs }) => ({ every: everyMs, offset: offsetMs })),
    timezone: spec.timezone,
    ...(jitterMs > 0 && { jitter: jitterMs }),
  };
}

/** Every range has its end: without one, the SDK sends 1. */
function toCalendarSpec(calendar: Calendar): CalendarSpec {
  return {
    second: [...calendar.second],
    minute: [...calendar.minute],
    hour: [...calendar.hour],
    dayOfMonth: [...calendar.dayOfMonth],
    month: named(calendar.month, (value) => MONTHS[value - 1] ?? 'JANUARY'),
    dayOfWeek: named(calendar.dayOfWeek, (value) => DAYS[value] ?? 'SUNDAY'),
    year: calendar.year.length === 0 ? '*' : [...calendar.year],
    comment: calendar.words,
  };
}

function named<T>(ranges: readonly Range[], name: (value: number) => T): LooseRange<T>[] {
  return ranges.map(({ start, end, step }) => ({ start: name(start), end: name(end), step }));
}

export function fromTemporal({
  calendars = [],
  intervals = [],
  timezone,
  skip = [],
  startAt,
  endAt,
}: ScheduleDescription['spec']): ScheduleSpec {
  return {
    calendars: calendars.map(fromCalendarSpec),
    intervals: intervals.map(intervalOf),
    // Temporal knows UTC as no zone at all.
    timezone: timezone === undefined || timezone === '' ? 'UTC' : timezone,
    ...(skip.length > 0 && { leftOut: skip.map(fromCalendarSpec) }),
    ...(startAt !== undefined && { startAtMs: startAt.getTime() }),
    ...(endAt !== undefined && { endAtMs: endAt.getTime() }),
  };
}

/** One that was made elsewhere may come without its offset, which the SDK says is always there. */
function intervalOf({ every, offset }: { every: number; offset?: number }): Interval {
  return { everyMs: every, offsetMs: offset ?? 0 };
}

function fromCalendarSpec(spec: CalendarSpecDescription): Calendar {
  const { second, minute, hour, dayOfMonth, month, dayOfWeek, year, comment = '' } = spec;
  return {
    second,
    minute,
    hour,
    dayOfMonth,
    year,
    month: numbered(month, (name) => MONTHS.indexOf(name) + 1),
    dayOfWeek: numbered(dayOfWeek, (name) => DAYS.indexOf(name)),
    words: comment === '' ? 'a calendar made elsewhere' : comment,
  };
}

function numbered<T>(
  ranges: readonly { start: T; end: T; step: number }[],
  number: (name: T) => number,
): Range[] {
  return ranges.map(({ start, end, step }) => ({ start: number(start), end: number(end), step }));
}

export function wordsOf({ calendars, intervals }: ScheduleSpec): string[] {
  return [...calendars.map(({ words }) => words), ...intervals.map(intervalWords)];
}
