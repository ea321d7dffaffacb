import { ScheduleInputError } from './schedule-input-error';

/** Checked, and in the spelling that servers know: Intl takes "europe/berlin", and Temporal does not. @throws ScheduleInputError */
export function readTimezone(name: string): string {
  const known = canonical(name);
  if (known === null) {
    const near = nearTo(name);
    throw new ScheduleInputError(
      `There is no time zone "${name}"; ${near === null ? 'write an IANA name such as UTC or Europe/Berlin' : `did you mean ${near}?`}`,
    );
  }
  return known.toLowerCase() === name.toLowerCase() ? known : name;
}

function canonical(name: string): string | null {
  // Newer versions of Node take "+01:00", and Temporal does not.
  if (!/^[A-Za-z]/.test(name)) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function nearTo(name: string): string | null {
  const word = name.trim().toLowerCase().replaceAll(' ', '_');
  if (word.length < 3) return null;
  return Intl.supportedValuesOf('timeZone').find((zone) => zone.toLowerCase().endsWith(`/${word}`)) ?? null;
}
