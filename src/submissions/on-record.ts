import type { AttemptRecord } from './standing';
import { standingOf, type Standing } from './standing';
import type { SubmissionJournal } from './journal';

/** What the journal says of a training as a whole. */
export type OnRecord =
  /** This attempt was sent, or may have been; nothing may be sent before it is settled. */
  | { is: 'sent'; attempt: number; record: AttemptRecord; standing: Standing }
  /** Nothing is in the way of this attempt. */
  | { is: 'free'; nextAttempt: number };

/**
 * Walks the attempts of an id from the first. Needed where the history does not tell: a workflow that was reset, or one
 * that runs under an id whose earlier history is gone.
 */
export async function onRecord(journal: SubmissionJournal, id: string): Promise<OnRecord> {
  let sent: OnRecord | null = null;
  for (let attempt = 1; ; attempt += 1) {
    const record = await journal.read({ id, attempt });
    const standing = standingOf(record);
    if (standing.standing === 'absent') return sent ?? { is: 'free', nextAttempt: attempt };
    // The last one counts: an earlier one that a person chose to repeat is free by then.
    if (standing.standing !== 'free') sent = { is: 'sent', attempt, record, standing };
  }
}
