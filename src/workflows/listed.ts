/**
 * What Temporal's lists show of a training between two changes of its state. Every update is one event of the history, so
 * they are few, however often a provider changes its mind.
 */
export interface Listed {
  /** Null until one was listed. */
  percent: number | null;
  trouble: Trouble | null;
  /** How often this was updated apart from a change of state. */
  updates: number;
}

/** What needs a person's eye although the state says that all is well. */
export type Trouble = 'no-answer';

export const NOT_LISTED: Listed = { percent: null, trouble: null, updates: 0 };

const PERCENT_STEP = 10;
/** One missed answer is ordinary, two are a restart of the provider. */
const LOOKS_WITHOUT_ANSWER = 3;
/** Ten steps of a percentage, and an outage: a day of 48 looks stays below 600 events. */
const MAX_UPDATES = 12;

/** What is worth an event of its own, or null. Pure. */
export function nextListed(
  listed: Listed,
  seen: { percent: number | null; failedPollsInARow: number },
): Listed | null {
  const trouble = seen.failedPollsInARow >= LOOKS_WITHOUT_ANSWER ? 'no-answer' : null;
  const isPercentFar =
    seen.percent !== null && Math.abs(seen.percent - (listed.percent ?? 0)) >= PERCENT_STEP;
  const isOver = listed.trouble !== null && trouble === null;
  // That a trouble is over is always told: there is one such update for each of those that are counted.
  if (!isOver && listed.updates >= MAX_UPDATES) return null;
  if (!isPercentFar && trouble === listed.trouble) return null;
  return { percent: seen.percent ?? listed.percent, trouble, updates: listed.updates + 1 };
}
