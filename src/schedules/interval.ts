import { parseDurationMs } from '../duration';
import { ScheduleInputError } from './schedule-input-error';

/** At every instant that is `offsetMs` past a multiple of `everyMs` since 1970-01-01T00:00Z. */
export interface Interval {
  everyMs: number;
  offsetMs: number;
}

/** `6h`, or `6h/30m` for half an hour past that. @throws ScheduleInputError */
export function readInterval(words: string): Interval {
  const [, every = '', offset = '0s'] = /^([^/]+)(?:\/(.+))?$/.exec(words.trim()) ?? [];
  const everyMs = parseDurationMs(every);
  const offsetMs = parseDurationMs(offset);
  if (everyMs === null || offsetMs === null)
    throw new ScheduleInputError(
      `"${words}" is no interval; write such as 6h, or 6h/30m for half an hour past that`,
    );
  // Temporal rounds to seconds.
  if (everyMs < 1000 || everyMs % 1000 !== 0 || offsetMs % 1000 !== 0)
    throw new ScheduleInputError(`"${words}": an interval has one second or more, and whole ones`);
  if (offsetMs >= everyMs)
    throw new ScheduleInputError(
      `"${words}": what comes after the slash has to be shorter than the interval, because it repeats with it`,
    );
  return { everyMs, offsetMs };
}

export function intervalWords({ everyMs, offsetMs }: Interval): string {
  return `every ${shortest(everyMs)}${offsetMs === 0 ? '' : `/${shortest(offsetMs)}`}`;
}

function shortest(ms: number): string {
  const [unitMs, unit] =
    (
      [
        [86_400_000, 'd'],
        [3_600_000, 'h'],
        [60_000, 'm'],
      ] as const
    ).find(([size]) => ms % size === 0) ?? ([1000, 's'] as const);
  return `${ms / unitMs}${unit}`;
}
