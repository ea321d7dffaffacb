import { parseDurationMs } from '../duration';
import { InputError } from './input-error';

export function durationOption(name: string, value: string): number {
  const ms = parseDurationMs(value);
  if (ms === null)
    throw new InputError(`${name} expects a duration such as 30s, 15m or 6h, received "${value}"`);
  return ms;
}

export function countOption(name: string, value: string, { min, max }: { min: number; max: number }): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isSafeInteger(number) && number >= min && number <= max) return number;
  throw new InputError(`${name} expects a whole number from ${min} to ${max}, received "${value}"`);
}

export function portOption(name: string, value: string): number {
  return countOption(name, value, { min: 0, max: 65_535 });
}

const MOST_ROWS = 1_000_000;

/** `--row 3 --row 812`, as the manifest counts them. */
export function rowsOption(values: readonly string[]): number[] {
  return values.map((value) => countOption('--row', value, { min: 1, max: MOST_ROWS }));
}
