import type { Beginning, Intent, RecordedEnd, RecordedOutcome, Settlement } from './entries';

/** Everything that stands in the store about one attempt. `unreadable`: something does, and it cannot be read. */
export interface AttemptRecord {
  beginning: Beginning | 'unreadable' | null;
  outcome: RecordedOutcome | null;
  settlement: Settlement | null;
  end: RecordedEnd | null;
}

/** Where one attempt stands, as far as its record says. */
export type Standing =
  /** No record: nothing was sent, and nothing is, once somebody has made it void. */
  | { standing: 'absent' }
  /** Void, refused, proven not started, or a person chose to pay again: the next attempt may go. */
  | { standing: 'free'; words: string }
  | { standing: 'accepted'; trainingId: string; end: 'succeeded' | 'failed' | null }
  /** May have started. `intent` is null where the record cannot be read. */
  | { standing: 'unknown'; intent: Intent | null; hasOutcome: boolean; words: string }
  /** A person gave it up without knowing; it may have been charged. */
  | { standing: 'abandoned' };

/** A settlement came after the outcome and knew it; an outcome came after the intent. */
export function standingOf({ beginning, outcome, settlement, end }: AttemptRecord): Standing {
  const ended = end?.end ?? null;
  switch (settlement?.settled) {
    case 'found':
    case 'adopt':
      return { standing: 'accepted', trainingId: settlement.trainingId, end: ended };
    case 'not-started':
      return { standing: 'free', words: settlement.words };
    case 'retry':
      return { standing: 'free', words: 'a person chose to submit again' };
    case 'abandon':
      return { standing: 'abandoned' };
    case undefined:
  }
  switch (outcome?.outcome) {
    case 'accepted':
      return { standing: 'accepted', trainingId: outcome.trainingId, end: ended };
    case 'refused':
      return { standing: 'free', words: outcome.words };
    case 'unknown':
    case undefined:
  }
  if (beginning === null && outcome === null) return { standing: 'absent' };
  if (beginning !== 'unreadable' && beginning?.kind === 'void')
    return { standing: 'free', words: 'it was never sent' };
  return {
    standing: 'unknown',
    intent: beginning === 'unreadable' ? null : beginning,
    hasOutcome: outcome !== null,
    words: outcome?.words ?? 'the worker was lost while it submitted',
  };
}

/** Whether an attempt of another training stands in the way of a second one for the same. */
export function blocks(standing: Standing, { evenIfFailed }: { evenIfFailed: boolean }): boolean {
  switch (standing.standing) {
    case 'absent':
    case 'free':
      return false;
    case 'accepted':
      return evenIfFailed || standing.end !== 'failed';
    case 'unknown':
    case 'abandoned':
      return true;
  }
}
