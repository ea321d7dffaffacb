import fc from 'fast-check';
import { readCron } from '../../src/schedules/cron';
import { readInterval } from '../../src/schedules/interval';
import { localMs } from '../../src/schedules/local-time';
import { nextTimes } from '../../src/schedules/next-times';
import { notesOnDays, readTimes } from '../../src/schedules/read-times';
import type { ScheduleTimes } from '../../src/contract/schedule';

const NOW_MS = Date.parse('2026-11-25T12:00:00Z');
const next = (times: ScheduleTimes, timezone = 'UTC', most = 3) =>
  nextTimes(readTimes(times, timezone, NOW_MS), { afterMs: NOW_MS, most }).map((atMs) =>
    new Date(atMs).toISOString().replace(':00.000Z', 'Z'),
  );

describe('the times of a schedule', () => {
  it.each<[ScheduleTimes, string, string[]]>([
    [{ cron: ['0 2 * * *'] }, 'UTC', ['2026-11-26T02:00Z', '2026-11-27T02:00Z']],
    [{ cron: ['0 2 * * *'] }, 'Europe/Berlin', ['2026-11-26T01:00Z', '2026-11-27T01:00Z']],
    [{ cron: ['0 2 * * *'] }, 'america/new_york', ['2026-11-26T07:00Z', '2026-11-27T07:00Z']],
    [{ cron: ['*/20 13 * * wed'] }, 'UTC', ['2026-11-25T13:00Z', '2026-11-25T13:20Z']],
    [{ cron: ['0 0 13 * FRI'] }, 'UTC', ['2027-08-13T00:00Z', '2028-10-13T00:00Z']],
    [{ cron: ['0 0 * * 5-7'] }, 'UTC', ['2026-11-27T00:00Z', '2026-11-28T00:00Z', '2026-11-29T00:00Z']],
    [{ cron: ['0 0 29 2 *'] }, 'UTC', ['2028-02-29T00:00Z', '2032-02-29T00:00Z']],
    [{ cron: ['30 0 0 1 1 * 2030'] }, 'UTC', ['2030-01-01T00:00:30.000Z']],
    [{ cron: ['@monthly'] }, 'UTC', ['2026-12-01T00:00Z', '2027-01-01T00:00Z']],
    [{ every: ['6h/30m'] }, 'UTC', ['2026-11-25T12:30Z', '2026-11-25T18:30Z']],
    [{ calendar: [{ hour: '2,14' }] }, 'UTC', ['2026-11-25T14:00Z', '2026-11-26T02:00Z']],
    [{ cron: ['0 13 * * *'], every: ['1d'] }, 'UTC', ['2026-11-25T13:00Z', '2026-11-26T00:00Z']],
  ])('%j in %s', (times, timezone, expected) => {
    expect(next(times, timezone, expected.length)).toEqual(expected);
  });

  it.each<[ScheduleTimes, string, RegExp]>([
    [{ cron: ['0 0 30 2 *'] }, 'UTC', /^"0 0 30 2 \*" never comes in UTC/],
    [{ cron: ['0 0 31 4,6,9,11 *'] }, 'UTC', /never comes/],
    [{ cron: ['0 0 1 1 * 2020'] }, 'UTC', /never comes/],
    // The one hour of the year that there is not.
    [{ cron: ['30 2 28 3 * 2027'] }, 'Europe/Berlin', /never comes in Europe\/Berlin/],
    [{ cron: ['0 2 * * *', '0 0 30 2 *'] }, 'UTC', /^"0 0 30 2 \*" never comes/],
    [{ cron: ['* * *'] }, 'UTC', /is no cron line/],
    [{ cron: [''] }, 'UTC', /is no cron line/],
    [{ cron: ['60 * * * *'] }, 'UTC', /"60" is no minute/],
    [{ cron: ['5-1 * * * *'] }, 'UTC', /"5-1" is no minute/],
    [{ cron: ['*/0 * * * *'] }, 'UTC', /"\*\/0" is no minute/],
    [{ cron: ['0 0 * * funday'] }, 'UTC', /"funday" is no day of the week/],
    [{ cron: ['0 0 ? * *'] }, 'UTC', /"\?" is no day of the month/],
    [{ cron: ['CRON_TZ=Asia/Tokyo 0 2 * * *'] }, 'UTC', /name the time zone by --timezone/],
    [{ cron: ['@every 5m'] }, 'UTC', /write --every/],
    [{ every: ['0s'] }, 'UTC', /one second or more/],
    [{ every: ['-5m'] }, 'UTC', /is no interval/],
    [{ every: ['1500ms'] }, 'UTC', /whole ones/],
    [{ every: ['1h/2h'] }, 'UTC', /shorter than the interval/],
    [{ calendar: [{}] }, 'UTC', /without a field/],
    [{}, 'UTC', /needs times/],
    [{ every: ['1h'] }, 'Berlin', /did you mean Europe\/Berlin\?/],
    [{ every: ['1h'] }, 'Mars/Olympus', /write an IANA name/],
    [{ every: ['1h'] }, '+01:00', /There is no time zone "\+01:00"/],
  ])('%j in %s is refused in words', (times, timezone, words) => {
    expect(() => readTimes(times, timezone, NOW_MS)).toThrow(words);
  });

  it('say that both days have to fit', () => {
    expect(notesOnDays(readTimes({ cron: ['0 0 13 * 5', '0 0 13 * *'] }, 'UTC', NOW_MS))).toEqual([
      expect.stringMatching(/^"0 0 13 \* 5" starts only on days that fit both/),
    ]);
  });

  it('rise, come after what they are asked after, and show what was asked for', () => {
    const zone = fc.constantFrom(
      'UTC',
      'Europe/Berlin',
      'America/St_Johns',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
    );
    const time = fc.record({
      hour: fc.nat(23),
      minute: fc.nat(59),
      afterMs: fc.integer({ min: NOW_MS, max: NOW_MS * 1.2 }),
    });
    fc.assert(
      fc.property(zone, time, (timezone, { hour, minute, afterMs }) => {
        const calendars = [readCron(`${String(minute)} ${String(hour)} * * *`)];
        const times = nextTimes({ calendars, intervals: [], timezone }, { afterMs, most: 20 });
        expect(times).toHaveLength(20);
        let before = afterMs;
        for (const atMs of times) {
          expect(atMs).toBeGreaterThan(before);
          const shown = new Date(localMs(timezone, atMs));
          expect([shown.getUTCHours(), shown.getUTCMinutes()]).toEqual([hour, minute]);
          before = atMs;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('intervals are multiples and their offset', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), fc.nat(99_999), (everyS, offsetS) => {
        const words = `${String(everyS)}s/${String(offsetS % everyS)}s`;
        const interval = readInterval(words);
        const spec = { calendars: [], intervals: [interval], timezone: 'UTC' };
        const [atMs = 0] = nextTimes(spec, { afterMs: NOW_MS, most: 1 });
        expect((atMs - interval.offsetMs) % interval.everyMs).toBe(0);
        expect(atMs - NOW_MS).toBeGreaterThan(0);
        expect(atMs - NOW_MS).toBeLessThanOrEqual(interval.everyMs);
      }),
    );
  });
});
