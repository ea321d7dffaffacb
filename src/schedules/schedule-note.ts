import { ScheduleInputError } from './schedule-input-error';

/** Temporal takes no more of a note. */
const MOST_BYTES = 1000;

/** @throws ScheduleInputError */
export function assertNote(note: string): void {
  const bytes = Buffer.byteLength(note);
  if (bytes > MOST_BYTES)
    throw new ScheduleInputError(
      `The note has ${bytes} bytes, and Temporal keeps ${MOST_BYTES} at most; shorten it, or link to the rest`,
    );
}
