import fc from 'fast-check';
import { describeDuration, parseDurationMs } from '../../src/duration';

const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const units = fc.constantFrom(...(Object.keys(UNITS) as (keyof typeof UNITS)[]));

describe('a duration', () => {
  it.each([
    ['500ms', 500],
    ['15s', 15_000],
    ['5m', 300_000],
    ['6h', 21_600_000],
    ['2d', 172_800_000],
    ['1.5h', 5_400_000],
    ['0.001s', 1],
    ['0.0005s', null],
    [' 10 s ', 10_000],
    ['0s', 0],
    ['007s', 7000],
  ])('"%s" is %j ms', (text, ms) => {
    expect(parseDurationMs(text)).toBe(ms);
  });

  it.each([
    '',
    ' ',
    '5',
    's',
    '-5s',
    '+5s',
    '5 S',
    '5S',
    '1e3s',
    '.5s',
    '5.s',
    '1h30m',
    '5s5',
    'Infinitys',
    '٣s',
  ])('"%s" is none', (text) => {
    expect(parseDurationMs(text)).toBeNull();
  });

  it('is its number times its unit, for every whole number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), units, (number, unit) => {
        expect(parseDurationMs(`${String(number)}${unit}`)).toBe(number * UNITS[unit]);
      }),
    );
  });

  it('is a whole number of milliseconds that is exact, or none, whatever the text', () => {
    const number = fc.stringMatching(/^\d{1,12}(\.\d{1,4})?$/);
    const text = fc.oneof(
      fc.string(),
      fc.tuple(number, units).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const ms = parseDurationMs(any);
        expect(ms === null || (Number.isSafeInteger(ms) && ms >= 0)).toBe(true);
      }),
      { numRuns: 1000, examples: [['999999999d'], ['999999999.999d']] },
    );
  });
});

describe('a duration for a person', () => {
  it.each([
    [0, '0 s'],
    [45_000, '45 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [300_000, '5 min'],
    [119 * 60_000, '119 min'],
    [120 * 60_000, '2 h'],
    [150 * 60_000, '2 h 30 min'],
    [86_400_000, '24 h'],
  ])('%i ms is "%s"', (ms, words) => {
    expect(describeDuration(ms)).toBe(words);
  });

  it('is off by at most a half of its smallest unit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 * 86_400_000 }), (ms) => {
        const words = describeDuration(ms);
        const [, hours = '0', minutes = '0', seconds = '0'] =
          /^(?:(\d+) h)? ?(?:(\d+) min)? ?(?:(\d+) s)?$/.exec(words) ?? [];
        const said = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds) * 1000;
        expect(Math.abs(said - ms)).toBeLessThanOrEqual(words.endsWith('s') ? 500 : 30_500);
      }),
    );
  });
});
