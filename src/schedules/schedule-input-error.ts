/** What was said of a schedule cannot be meant: what, which and what to do, in one sentence. Nothing was created or changed. */
export class ScheduleInputError extends Error {
  override name = 'ScheduleInputError' as const;
}
