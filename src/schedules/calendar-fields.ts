import { CALENDAR_FIELDS, type CalendarField } from '../contract/schedule';
import { FIELDS, topOf, type Calendar, type Field, type Range } from './calendar';
import { ScheduleInputError } from './schedule-input-error';

// A star and a slash would end this comment, so the notation is described in docs/schedules.md.
/** Numbers, names, ranges, steps, and lists of these. @throws ScheduleInputError */
export function readField(name: CalendarField, text: string, words: string): Range[] {
  const field = FIELDS[name];
  return text.split(',').flatMap((part) => {
    const range = readRange(field, part.trim());
    if (range === null)
      throw new ScheduleInputError(
        `"${words}": "${text}" is no ${field.title}; write numbers from ${field.from} to ${field.to}${field.names.length > 0 ? ' or names such as ' + (field.names.at(-1) ?? '').slice(0, 3) : ''}, such as 5, 1-5, */10 or 1,15, or * for any`,
      );
    return name === 'dayOfWeek' ? withSunday(range) : [range];
  });
}

function readRange(field: Field, part: string): Range | null {
  const [, first = '', last, every] =
    /^([A-Za-z]+|\d+|\*)(?:-([A-Za-z]+|\d+))?(?:\/(\d+))?$/.exec(part) ?? [];
  const step = every === undefined ? 1 : Number(every);
  if (first === '' || step < 1 || step > field.to) return null;
  if (first === '*') return last === undefined ? { start: field.from, end: topOf(field), step } : null;
  const start = valueOf(field, first);
  const end = last === undefined ? (every === undefined ? start : topOf(field)) : valueOf(field, last);
  if (start === null || end === null || end < start) return null;
  return { start, end, step };
}

function valueOf({ from, to, names }: Field, text: string): number | null {
  const word = text.toLowerCase();
  const named = names.findIndex((name) => name !== '' && (name === word || name.slice(0, 3) === word));
  if (named >= 0) return named;
  const value = /^\d+$/.test(word) ? Number(word) : NaN;
  return value >= from && value <= to ? value : null;
}

function withSunday({ start, end, step }: Range): Range[] {
  if (end < 7) return [{ start, end, step }];
  const sunday = { start: 0, end: 0, step: 1 };
  const last = start + Math.floor((7 - start) / step) * step;
  const rest = start < 7 ? [{ start, end: 6, step }] : [];
  return last === 7 ? [...rest, sunday] : rest;
}

/** @throws ScheduleInputError */
export function readCalendar(given: Partial<Record<string, string>>): Calendar {
  const entries = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const words = entries.map(([name, text]) => `${name}=${text}`).join(' ');
  const unknown = entries.find(([name]) => !CALENDAR_FIELDS.some((field) => field === name));
  if (unknown !== undefined)
    throw new ScheduleInputError(
      `"${words}": there is no field "${unknown[0]}"; name some of ${CALENDAR_FIELDS.join(', ')}, such as hour=2 dayOfWeek=mon-fri`,
    );
  if (entries.length === 0)
    throw new ScheduleInputError(
      'A calendar without a field says no time; write such as hour=2 dayOfWeek=mon-fri',
    );
  return calendarOf({ second: '0', minute: '0', hour: '0', ...Object.fromEntries(entries) }, words);
}

export function calendarOf(texts: Partial<Record<CalendarField, string>>, words: string): Calendar {
  const ranges = (name: CalendarField): Range[] => readField(name, texts[name] ?? '*', words);
  return {
    words,
    second: ranges('second'),
    minute: ranges('minute'),
    hour: ranges('hour'),
    dayOfMonth: ranges('dayOfMonth'),
    month: ranges('month'),
    dayOfWeek: ranges('dayOfWeek'),
    // As Temporal has it: any year is no range at all.
    year: (texts.year ?? '*') === '*' ? [] : ranges('year'),
  };
}
