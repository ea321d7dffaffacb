/** Which shares of past trainings had ended after the durations of a `PastDurations`, in the same order. */
export const PAST_SHARES = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] as const;

/** How long the trainings of an account took: for each of `PAST_SHARES` a duration in milliseconds, rising. */
export type PastDurations = readonly number[];
