import { getClient, heartbeat } from '@temporalio/activity';
import type { PricedRow } from '../accounts/fit-rows';
import { NO_TRIES, paidByBatch, type BatchSums, type Tries } from '../batches/paid-by-batch';
import { mostCredits } from '../batches/price';
import { requestOf } from '../client/request-of';
import { isUnderWay, rowStateOf } from '../contract/batch';
import type { ProviderName } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { ownTries } from './own-tries';

export interface BudgetOrder {
  manifest: string;
  pages: readonly number[];
  /** A letter for each row: asked about are those that wait. */
  states: string;
  /** For those that wait and those that are under way; null: as much as their accounts have. */
  budgetCredits: number | null;
  /** Absent, like the rest, in the order of an older release: the whole budget, and what the batch knows that it has paid of it. */
  wholeBudgetCredits?: number | null;
  sums?: KnownSums;
  /** The batch does not know what runs of it before this one have paid. */
  isFirst?: boolean;
}

export type KnownSums = BatchSums & { formerly: number };

/** Only what is not nothing: an answer has 2 MB. */
export interface EarlierCosts {
  /** Place from 1; what all its tries have spent; what all but the last one have; what they may have spent beyond that. */
  rows: [row: number, spent: number, before: number, unknown: number][];
  /** Of rows of a manifest that the batch had before. */
  formerly: number;
}

/** A row, and the most that it may cost. */
export interface PricedOfBatch extends PricedRow {
  id: string;
  provider: ProviderName;
  /** Of the request. */
  fingerprint: string;
  /** Counted from 0. */
  index: number;
}

/** What is known of the trainings that a batch has started itself. */
export interface Own {
  tries: ReadonlyMap<string, Tries>;
  /** Of rows that the batch has no more: what they have cost, and the most that those may cost that go on. */
  formerly: number;
  formerlyOpen: number;
}

/** Null where there is no budget that they could count against, or the batch does not say what it knows. */
export async function ownOf(
  { states, wholeBudgetCredits = null, sums, isFirst = false }: BudgetOrder,
  priced: readonly PricedOfBatch[],
): Promise<Own | null> {
  if (wholeBudgetCredits === null || sums === undefined) return null;
  const indexes = new Map(priced.map(({ id, index }) => [id, index]));
  const tries = await ownTries(getClient(), {
    isRead: (id) => isFirst || !indexes.has(id),
    isUnderWay: (id) => isUnderWay(rowStateOf(states[indexes.get(id) ?? -1])),
  });
  const own = { tries, formerly: 0, formerlyOpen: 0 };
  for (const [id, { spent, unknown, open }] of tries) {
    if (indexes.has(id)) continue;
    own.formerly += spent + unknown;
    if (open > 0) own.formerlyOpen += open * (await mostOf(id));
    heartbeat();
  }
  return own;
}

export function budgetLeft(
  { states, budgetCredits, wholeBudgetCredits = null, sums }: BudgetOrder,
  { priced, own }: { priced: readonly PricedOfBatch[]; own: Own | null },
): number | null {
  if (budgetCredits === null) return null;
  if (own === null || wholeBudgetCredits === null || sums === undefined) {
    const open = priced.filter(({ index }) => isUnderWay(rowStateOf(states[index])));
    return Math.max(budgetCredits - open.reduce((sum, { credits }) => sum + credits, 0), 0);
  }
  const paid = paidByBatch({ rows: priced, states, sums, own: own.tries });
  const formerly = Math.max(own.formerly, sums.formerly) + own.formerlyOpen;
  return Math.max(wholeBudgetCredits - paid - formerly, 0);
}

export function earlierCosts(priced: readonly PricedOfBatch[], { tries, formerly }: Own): EarlierCosts {
  const rows: EarlierCosts['rows'] = [];
  for (const { id, index } of priced) {
    const { spent, before, unknown } = tries.get(id) ?? NO_TRIES;
    if (spent + unknown > 0) rows.push([index + 1, spent, before, unknown]);
  }
  return { rows, formerly };
}

/** Of a row that is in no manifest any more. */
async function mostOf(id: string): Promise<number> {
  const request = trainRequestSchema.safeParse(await requestOf(getClient(), id));
  return request.success ? mostCredits(request.data) : 0;
}
