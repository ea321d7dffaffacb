import { activityInfo, log } from '@temporalio/activity';
import { accountLedger, daysBetween } from '../accounts/ledger';
import { trainingPayment, type AccountOrder } from '../contract/account';
import type { TrainRequest } from '../contract/request';
import type { Storage } from '../storage/port';
import { submissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import type { AttemptRecord } from '../submissions/standing';
import { sayingWhatFailed } from './activity-failure';
import { withHeartbeat } from './heartbeat';
import { assertOwnStore } from './own-store';
import type { ActivityPorts } from './ports';
import { isOfRequest, takenIdSentence } from './same-request';

export interface RecordOrder {
  request: TrainRequest;
  storeId: string | null;
  account: AccountOrder | null;
}

/** What earlier runs under an id have left in the store. */
export type RecordFound =
  /** Nothing is in the way of this attempt. */
  | { is: 'free'; nextAttempt: number }
  /** The id belongs to another request. */
  | { is: 'another'; words: string }
  /** This attempt was sent, or may have been. `booked`: how the ledger of the account has it; null: not at all. */
  | { is: 'sent'; attempt: number; credits: number; booked: Booked };

export type Booked = 'charged' | 'unknown' | null;

/** A training may take 14 days at most. */
const LONGEST_MS = 15 * 86_400_000;

export function findOnRecord({ storage }: Pick<ActivityPorts, 'storage'>) {
  const journal = submissionJournal(storage);
  return ({ request, storeId, account }: RecordOrder): Promise<RecordFound> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => null,
        async () => {
          await assertOwnStore(storage, storeId);
          const id = activityInfo().workflowExecution?.workflowId ?? '';
          const found = await onRecord(journal, id);
          if (found.is === 'free') return found;
          if (!isOfRequest(found.record, request)) return { is: 'another', words: takenIdSentence(id) };
          const { atMs, expectedCredits } = intentOf(found.record);
          const { attempt } = found;
          const booked = account && (await bookedAs(storage, account, { id, attempt, atMs }));
          return { is: 'sent', attempt, credits: expectedCredits, booked };
        },
      ),
    );
}

/** Of one that cannot be read nobody knows when it was, nor what it was to cost. */
function intentOf({ beginning }: AttemptRecord): { atMs: number; expectedCredits: number } {
  if (beginning !== 'unreadable' && beginning?.kind === 'intent') return beginning;
  return { atMs: Date.now() - LONGEST_MS, expectedCredits: 0 };
}

/** The account itself may have forgotten it: it keeps the last thousand in mind, and reads two weeks. */
async function bookedAs(
  storage: Storage,
  account: AccountOrder,
  { id, attempt, atMs }: { id: string; attempt: number; atMs: number },
): Promise<Booked> {
  const ledger = accountLedger(
    storage,
    account,
    (key) => void log.warn('a file of the ledger cannot be read', { key }),
  );
  const lines = await ledger.read(daysBetween(atMs, Math.min(Date.now(), atMs + LONGEST_MS)));
  const ours = lines.filter(({ training }) => training === id);
  if (ours.some(({ kind, key }) => kind === 'charged' && key === trainingPayment(attempt))) return 'charged';
  return ours.some(({ kind }) => kind === 'unknown') ? 'unknown' : null;
}
