import { getClient, heartbeat, log } from '@temporalio/activity';
import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { NOT_NAMED } from '../accounts/limits-file';
import { glanceAt } from '../client/glance-at';
import { readResult } from '../client/read-result';
import { NoResultError } from '../client/errors';
import {
  trainingPayment,
  type AccountLimits,
  type AccountOrder,
  type AccountWord,
} from '../contract/account';
import { PROVIDERS } from '../contract/names';
import type { TrainResult } from '../contract/result';
import { errorMessage } from '../error-facts';
import { submissionJournal, type SubmissionJournal } from '../submissions/journal';
import { onRecord } from '../submissions/on-record';
import type { ActivityPorts } from './ports';

export interface AccountSeen {
  /** Null where this worker knows none. `isExclusive` is null where it uses another account. */
  limits: (Omit<AccountLimits, 'isExclusive'> & { isExclusive: boolean | null }) | null;
  problem: string | null;
  /** Null where the provider has none, or has not answered. */
  balance: { credits: number; atMs: number } | null;
  /** Of the ids that were asked for: those that have ended. */
  gone: Gone[];
}

export type Gone = Pick<Extract<AccountWord, { word: 'ended' }>, 'word' | 'id' | 'payments' | 'charge'>;

const BALANCE_TIMEOUT_MS = 10_000;

/** What can be seen of an account: its limits, its balance, and whether trainings that have a slot are still there. */
export function lookAtAccount(ports: ActivityPorts) {
  const journal = submissionJournal(ports.storage);
  return async ({ ids, ...order }: AccountOrder & { ids: readonly string[] }): Promise<AccountSeen> => {
    const gone: Gone[] = [];
    for (const id of await notRunning(getClient(), ids)) {
      heartbeat();
      const end = await endOf(getClient(), journal, id).catch((error: unknown) => {
        log.warn('a training that has a slot cannot be looked at', { id, error: errorMessage(error) });
        return null;
      });
      if (end !== null) gone.push(end);
    }
    return { ...limitsNow(ports, order), balance: await balanceNow(ports, order), gone };
  };
}

/** The list is asked for fifty at a time; whoever is not seen there is looked at. */
async function notRunning(client: Client, ids: readonly string[]): Promise<string[]> {
  const safe = ids.filter((id) => !id.includes("'"));
  const rows = await glanceAt(client, safe);
  const running = new Set(rows.filter(({ endedAt }) => endedAt === null).map(({ id }) => id));
  return ids.filter((id) => !running.has(id));
}

export function limitsNow(
  { accounts, providers }: Pick<ActivityPorts, 'accounts' | 'providers'>,
  order: AccountOrder,
): Pick<AccountSeen, 'limits' | 'problem'> {
  const provider = PROVIDERS.find((one) => one === order.provider);
  const { limits, problem } = accounts.of(order.provider, order.account);
  if (limits === null || provider === undefined) return { limits: null, problem: problem ?? NOT_NAMED };
  const own = providers.account(provider);
  const isExclusive = own.account === order.account ? own.isExclusive : null;
  return { limits: { ...limits, isExclusive }, problem };
}

/** Where it cannot be had, what is set aside is all that is known. */
export async function balanceNow(
  { providers }: Pick<ActivityPorts, 'providers'>,
  order: AccountOrder,
): Promise<AccountSeen['balance']> {
  const name = PROVIDERS.find((one) => one === order.provider);
  if (name === undefined || providers.account(name).account !== order.account) return null;
  try {
    const balance = await providers.get(name).balance(AbortSignal.timeout(BALANCE_TIMEOUT_MS));
    return balance === null ? null : { credits: balance.credits, atMs: Date.now() };
  } catch (error) {
    log.info('the balance of an account cannot be read', { ...order, error: errorMessage(error) });
    return null;
  }
}

/** Null: it goes on. Its records say what it has paid, whether or not it could tell. */
async function endOf(client: Client, journal: SubmissionJournal, id: string): Promise<Gone | null> {
  const result = await resultOf(client, id);
  if (result === 'runs') return null;
  const record = await onRecord(journal, id);
  // Nothing of the last attempt was started, whatever became of one that a person had repeated.
  if (record.is === 'free') return { word: 'ended', id, payments: [], charge: 'none' };
  const { attempt, standing } = record;
  if (standing.standing !== 'accepted')
    return { word: 'ended', id, payments: [], charge: result?.charge ?? 'unknown' };
  const { beginning } = record.record;
  const credits = beginning !== 'unreadable' && beginning?.kind === 'intent' ? beginning.expectedCredits : 0;
  const payments = [{ key: trainingPayment(attempt), what: 'training', credits } as const];
  return { word: 'ended', id, payments, charge: 'charged' };
}

/** Null: it left none. */
async function resultOf(client: Client, id: string): Promise<TrainResult | null | 'runs'> {
  try {
    const { status, runId } = await client.workflow.getHandle(id).describe();
    // Of this run: one that is started over meanwhile would be waited for.
    return status.name === 'RUNNING' ? 'runs' : await readResult(client, id, runId);
  } catch (error) {
    if (error instanceof WorkflowNotFoundError || error instanceof NoResultError) return null;
    throw error;
  }
}
