import type { CalendarField } from '../contract/schedule';

/** Both ends count. */
export interface Range {
  start: number;
  end: number;
  step: number;
}

/** A second fits if each of its fields does. An empty field fits any. Months from 1, days of the week from 0 for Sunday. */
export interface Calendar extends Record<CalendarField, readonly Range[]> {
  /** The words that it was made of. */
  words: string;
}

export interface Field {
  title: string;
  from: number;
  to: number;
  names: readonly string[];
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const DAYS = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ');

export const FIELDS: Readonly<Record<CalendarField, Field>> = {
  second: { title: 'second', from: 0, to: 59, names: [] },
  minute: { title: 'minute', from: 0, to: 59, names: [] },
  hour: { title: 'hour', from: 0, to: 23, names: [] },
  dayOfMonth: { title: 'day of the month', from: 1, to: 31, names: [] },
  month: { title: 'month', from: 1, to: 12, names: ['', ...MONTHS] },
  // 7 is Sunday as well, as in crontab.
  dayOfWeek: { title: 'day of the week', from: 0, to: 7, names: DAYS },
  // What Temporal knows of.
  year: { title: 'year', from: 2000, to: 2100, names: [] },
};

/** The 7th day of the week is the first one again, and would come twice. */
export function topOf(field: Field): number {
  return field === FIELDS.dayOfWeek ? 6 : field.to;
}

export function fits(ranges: readonly Range[], value: number): boolean {
  return (
    ranges.length === 0 ||
    ranges.some(({ start, end, step }) => value >= start && value <= end && (value - start) % step === 0)
  );
}

/** All values of a field that fit, rising. */
export function valuesOf(name: CalendarField, ranges: readonly Range[]): number[] {
  const { from } = FIELDS[name];
  const all = Array.from({ length: topOf(FIELDS[name]) - from + 1 }, (_, index) => from + index);
  return all.filter((value) => fits(ranges, value));
}
