import type { SweepOutcome } from './sweep-pace';

export interface Pace {
  waiting: number;
  callsPerSecond: number;
  /** As configured, and from the beginning of this sweep to that of the next. */
  baseMs: number;
  intervalMs: number;
  /** Why Temporal could not tell who waits; null where it could. */
  listTrouble: string | null;
}

/** Why trainings are looked at less often than configured, for the Temporal UI and the log; empty where they are not. Pure. */
export function whySlow(outcome: SweepOutcome, pace: Pace): string {
  const { calls, tookMs, behindMs, trouble } = outcome;
  const { waiting, callsPerSecond, baseMs, intervalMs, listTrouble } = pace;
  if (trouble !== null) return trouble;
  if (listTrouble !== null) return `Temporal does not tell who waits, so new ones are missed: ${listTrouble}`;
  if (tookMs > intervalMs) return `${calls} calls took ${seconds(tookMs)}, at ${callsPerSecond} a second`;
  if (behindMs > intervalMs)
    return `${waiting} wait, and ${callsPerSecond} calls a second reach some of them ${seconds(behindMs)} late`;
  return intervalMs > baseMs ? 'there was trouble: back to its pace step by step' : '';
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
