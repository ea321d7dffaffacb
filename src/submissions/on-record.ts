import type { AttemptRecord } from './standing';
import { standingOf, type Standing } from './standing';
import type { SubmissionJournal } from './journal';

/** What the journal says of a training as a whole. */
export type OnRecord =
  /** This attempt was sent, or may have been; nothing may be sent before it is settled. */
  | { is: 'sent'; attempt: number; record: AttemptRecord; standing: Standing }
  /** Nothing is in the way of this attempt. */
  | { is: 'free'; nextAttempt: number };

/** One attempt, and all that is on record about it. */
export interface RecordedAttempt {
  attempt: number;
  record: AttemptRecord;
  standing: Standing;
}

/**
 * Walks the attempts of an id from the first. Needed where the history does not tell: a workflow that was reset, or one
 * that runs under an id whose earlier history is gone.
 */
export async function onRecord(journal: SubmissionJournal, id: string): Promise<OnRecord> {
  const attempts = await attemptsOf(journal, id);
  const sent = sentOf(attempts);
  return sent === null ? { is: 'free', nextAttempt: attempts.length + 1 } : { is: 'sent', ...sent };
}

/** From the first, in their order. */
export async function attemptsOf(journal: SubmissionJournal, id: string): Promise<RecordedAttempt[]> {
  const attempts: RecordedAttempt[] = [];
  for (let attempt = 1; ; attempt += 1) {
    const record = await journal.read({ id, attempt });
    const standing = standingOf(record);
    if (standing.standing === 'absent') return attempts;
    attempts.push({ attempt, record, standing });
  }
}

/** The last one counts: an earlier one that a person chose to repeat is free by then. */
export function sentOf(attempts: readonly RecordedAttempt[]): RecordedAttempt | null {
  return attempts.findLast(({ standing }) => standing.standing !== 'free') ?? null;
}
