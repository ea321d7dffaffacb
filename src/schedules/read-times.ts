import type { ScheduleTimes } from '../contract/schedule';
import { valuesOf, type Calendar } from './calendar';
import { readCalendar } from './calendar-fields';
import { readCron } from './cron';
import { readInterval } from './interval';
import { nextTimes, type ScheduleSpec } from './next-times';
import { ScheduleInputError } from './schedule-input-error';
import { readTimezone } from './time-zone';

/** @throws ScheduleInputError for what is no time, and for times that never come */
export function readTimes(times: ScheduleTimes, timezone: string, nowMs: number): ScheduleSpec {
  const spec = {
    calendars: [...(times.cron ?? []).map(readCron), ...(times.calendar ?? []).map(readCalendar)],
    intervals: (times.every ?? []).map(readInterval),
    timezone: readTimezone(timezone),
  };
  if (spec.calendars.length + spec.intervals.length === 0)
    throw new ScheduleInputError('A schedule needs times; name some with cron, every or calendar');
  assertComes(spec, nowMs);
  return spec;
}

/** Each one by itself: of two, the one that never comes would hide behind the other. @throws ScheduleInputError */
export function assertComes({ calendars, timezone }: ScheduleSpec, nowMs: number): void {
  for (const calendar of calendars) {
    const alone = { calendars: [calendar], intervals: [], timezone };
    if (nextTimes(alone, { afterMs: nowMs, most: 1 }).length === 0)
      throw new ScheduleInputError(
        `"${calendar.words}" never comes in ${timezone}, up to the year 2100; check day, month and year, and hours that clocks skip`,
      );
  }
}

/** What who knows crontab would be surprised by. */
export function notesOnDays({ calendars }: ScheduleSpec): string[] {
  return calendars.filter(hasBothDays).map(({ words }) => bothDays(words));
}

function hasBothDays({ dayOfMonth, dayOfWeek }: Calendar): boolean {
  return valuesOf('dayOfMonth', dayOfMonth).length < 31 && valuesOf('dayOfWeek', dayOfWeek).length < 7;
}

function bothDays(words: string): string {
  return `"${words}" starts only on days that fit both the day of the month and the day of the week; crontab would take either`;
}
