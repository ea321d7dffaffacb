import { valuesOf } from './calendar';
import { clockChanges, type ClockChange } from './clock-changes';
import { DAY_MS, instantsOf } from './local-time';
import { dayFits, shownOn, type ScheduleSpec } from './next-times';

/** One that comes in March and one in October are seen whenever it is asked. */
const AHEAD_MS = 370 * DAY_MS;
const MANY_HOURS = 24;
const SHOWN = 3;

/** What Temporal starts from one instant to another. */
export type StartsBetween = (fromMs: number, toMs: number) => Promise<readonly number[]>;

/**
 * A sentence for each kind of clock change that these times come into. What happens then is asked of Temporal: its server
 * leaves out, doubles or moves such times, by zone, otherwise than its documentation says.
 */
export async function clockNotes(
  { calendars, intervals, timezone }: ScheduleSpec,
  nowMs: number,
  startsBetween: StartsBetween,
): Promise<string[]> {
  // Every hour stays every hour.
  const some = calendars.filter(({ hour }) => valuesOf('hour', hour).length < MANY_HOURS);
  if (some.length === 0) return [];
  const notes = new Map<ClockChange['kind'], string>();
  for (const change of clockChanges(timezone, nowMs, nowMs + AHEAD_MS)) {
    if (notes.has(change.kind)) continue;
    const dayMs = Math.floor(change.fromMs / DAY_MS) * DAY_MS;
    const shown = some.flatMap((calendar) => (dayFits(calendar, dayMs) ? [...shownOn(calendar, dayMs)] : []));
    if (shown.length === 0) continue;
    const starts = await startsOn(dayMs, timezone, startsBetween);
    const isWithin = shown.some((shownMs) => shownMs >= change.fromMs && shownMs < change.toMs);
    // Starts of an interval, which no clock changes, are among them and cannot be told apart.
    const isAlone = some.length === calendars.length && intervals.length === 0;
    const isDoubled = isAlone && starts.length > new Set(shown).size;
    if (isWithin || isDoubled) notes.set(change.kind, sentence(change, starts, timezone));
  }
  return [...notes.values()];
}

function startsOn(dayMs: number, timezone: string, startsBetween: StartsBetween) {
  const [fromMs = dayMs] = instantsOf(timezone, dayMs);
  const [toMs = fromMs + DAY_MS] = instantsOf(timezone, dayMs + DAY_MS);
  return startsBetween(fromMs, toMs - 1000);
}

function sentence({ kind, fromMs, toMs }: ClockChange, starts: readonly number[], timezone: string): string {
  const [date = '', from = ''] = new Date(fromMs).toISOString().split('T');
  const span = `${from.slice(0, 5)} to ${new Date(toMs).toISOString().slice(11, 16)}`;
  const change = kind === 'skipped' ? `go forward and skip ${span}` : `go back, and ${span} comes twice`;
  return `On ${date} clocks in ${timezone} ${change}: ${startsWords(starts)}; UTC, or an hour from 04 on, avoids that`;
}

function startsWords(starts: readonly number[]): string {
  if (starts.length === 0) return 'nothing starts that day';
  const shown = starts.slice(0, SHOWN).map((atMs) => `${new Date(atMs).toISOString().slice(0, 19)}Z`);
  const more = starts.length > SHOWN ? `, and ${starts.length - SHOWN} times more` : '';
  return `it starts at ${shown.join(' and ')}${more}`;
}
