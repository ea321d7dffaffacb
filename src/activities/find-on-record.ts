import { activityInfo, log } from '@temporalio/activity';
import { accountLedger, daysBetween } from '../accounts/ledger';
import { trainingPayment, unknownPayment, type AccountOrder, type LedgerLine } from '../contract/account';
import type { TrainRequest } from '../contract/request';
import type { Storage } from '../storage/port';
import type { Intent } from '../submissions/entries';
import { submissionJournal } from '../submissions/journal';
import { attemptsOf, sentOf, type RecordedAttempt } from '../submissions/on-record';
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
  /** The id belongs to another request. */
  | { is: 'another'; words: string }
  /** Nothing is in the way of the next attempt. */
  | { is: 'free'; repeated: Repeated[] }
  /** This attempt was sent, or may have been. */
  | { is: 'sent'; attempt: number; credits: number; booked: Booked; repeated: Repeated[] };

/** How the ledger of the account has an attempt; null: not at all. */
export type Booked = 'charged' | 'unknown' | null;

/** An attempt that a person had repeated without knowing whether it was charged. */
export interface Repeated {
  attempt: number;
  credits: number;
  booked: Booked;
}

/** A training may take 14 days at most. */
const LONGEST_MS = 15 * 86_400_000;

export function findOnRecord({ storage }: Pick<ActivityPorts, 'storage'>) {
  const journal = submissionJournal(storage);
  return (order: RecordOrder): Promise<RecordFound> =>
    sayingWhatFailed(() =>
      withHeartbeat(
        () => null,
        () => find(order),
      ),
    );

  async function find({ request, storeId, account }: RecordOrder): Promise<RecordFound> {
    await assertOwnStore(storage, storeId);
    const id = activityInfo().workflowExecution?.workflowId ?? '';
    const attempts = await attemptsOf(journal, id);
    const sent = sentOf(attempts);
    if (sent !== null && !isOfRequest(sent.record, request))
      return { is: 'another', words: takenIdSentence(id) };
    const retried = attempts.filter(({ record }) => record.settlement?.settled === 'retry');
    const wanted = [...retried, ...(sent === null ? [] : [sent])];
    const lines = account && wanted.length > 0 ? await linesSince(storage, account, { id, wanted }) : [];
    const costOf = (one: RecordedAttempt) => ({
      attempt: one.attempt,
      credits: intentOf(one)?.expectedCredits ?? 0,
      booked: bookedAs(lines, one, attempts),
    });
    const repeated = retried.map(costOf).filter(({ credits }) => credits > 0);
    return sent === null ? { is: 'free', repeated } : { is: 'sent', ...costOf(sent), repeated };
  }
}

/** Of one that cannot be read nobody knows when it was, nor what it was to cost. */
function intentOf({ record: { beginning } }: RecordedAttempt): Intent | null {
  return beginning !== 'unreadable' && beginning?.kind === 'intent' ? beginning : null;
}

/** The account itself may have forgotten it: it keeps the last thousand in mind, and reads two weeks. */
async function linesSince(
  storage: Storage,
  account: AccountOrder,
  { id, wanted }: { id: string; wanted: readonly RecordedAttempt[] },
): Promise<LedgerLine[]> {
  const instants = wanted.map((one) => intentOf(one)?.atMs ?? Date.now() - LONGEST_MS);
  const ledger = accountLedger(
    storage,
    account,
    (key) => void log.warn('a file of the ledger cannot be read', { key }),
  );
  const untilMs = Math.min(Date.now(), Math.max(...instants) + LONGEST_MS);
  const lines = await ledger.read(daysBetween(Math.min(...instants), untilMs));
  return lines.filter(({ training }) => training === id);
}

/** An account that closes a training of which nobody knows names no attempt: it is the one that was the last by then. */
function bookedAs(
  lines: readonly LedgerLine[],
  one: RecordedAttempt,
  attempts: readonly RecordedAttempt[],
): Booked {
  const { attempt } = one;
  const sinceMs = intentOf(one)?.atMs ?? 0;
  const next = attempts.find((other) => other.attempt > attempt && intentOf(other) !== null);
  const untilMs = (next && intentOf(next)?.atMs) ?? Infinity;
  if (lines.some(({ kind, key }) => kind === 'charged' && key === trainingPayment(attempt))) return 'charged';
  const isUnknown = lines.some(
    ({ kind, key, atMs }) =>
      kind === 'unknown' &&
      (key === unknownPayment(attempt) || (key === null && atMs >= sinceMs && atMs < untilMs)),
  );
  return isUnknown ? 'unknown' : null;
}
