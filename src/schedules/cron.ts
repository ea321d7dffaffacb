import type { CalendarField } from '../contract/schedule';
import type { Calendar } from './calendar';
import { calendarOf } from './calendar-fields';
import { ScheduleInputError } from './schedule-input-error';

const SHORT: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};
const FIVE: readonly CalendarField[] = ['minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'];

/**
 * Five fields as in crontab, six with a year, seven with seconds before and a year behind, as Temporal has them. It is read
 * here and not by the server, so that what is checked is what runs.
 *
 * @throws ScheduleInputError
 */
export function readCron(words: string): Calendar {
  const text = words.trim();
  if (/^(CRON_)?TZ=/.test(text))
    throw new ScheduleInputError(`"${words}": name the time zone by --timezone (API: timezone) instead`);
  if (/^@every\b/.test(text)) throw new ScheduleInputError(`"${words}": write --every (API: every) instead`);
  const fields = (SHORT[text.toLowerCase()] ?? text).split(/\s+/);
  const names = namesOf(fields.length);
  if (names === null || text === '')
    throw new ScheduleInputError(
      `"${words}" is no cron line; write five fields (minute hour day-of-month month day-of-week), such as "0 2 * * *" for every day at 02:00, or one of ${Object.keys(SHORT).join(', ')}`,
    );
  const texts = Object.fromEntries(names.map((name, index) => [name, fields[index] ?? '*']));
  return calendarOf({ second: '0', ...texts }, text);
}

function namesOf(count: number): readonly CalendarField[] | null {
  if (count === 5) return FIVE;
  if (count === 6) return [...FIVE, 'year'];
  return count === 7 ? ['second', ...FIVE, 'year'] : null;
}
