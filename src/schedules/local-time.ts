const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock in the zone shows is ahead of UTC by so much at this instant. */
export function offsetMs(timezone: string, atMs: number): number {
  if (timezone === 'UTC') return 0;
  return localMs(timezone, atMs) - Math.floor(atMs / 1000) * 1000;
}

/** What a clock in the zone shows, as if it were UTC. */
export function localMs(timezone: string, atMs: number): number {
  if (timezone === 'UTC') return Math.floor(atMs / 1000) * 1000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(timezone).formatToParts(atMs)) parts[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The instants at which a clock in the zone shows this: none where it is skipped, two where it comes twice. */
export function instantsOf(timezone: string, shownMs: number): number[] {
  if (timezone === 'UTC') return [shownMs];
  const offsets = new Set([-DAY_MS, 0, DAY_MS].map((awayMs) => offsetMs(timezone, shownMs + awayMs)));
  const instants = [...offsets].map((offset) => shownMs - offset);
  return instants.filter((atMs) => localMs(timezone, atMs) === shownMs).sort((a, b) => a - b);
}

export const DAY_MS = 86_400_000;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(timeZone, format);
  return format;
}
