import { getClient, heartbeat } from '@temporalio/activity';
import { creditsLeft } from '../contract/account-status';
import { AGAIN_LETTER, isUnderWay, pageKey, rowStateOf, type BatchRow } from '../contract/batch';
import type { ProviderName, TrainRequest } from '../contract/request';
import { trainRequestSchema } from '../contract/request-schema';
import { NO_TRIES, paidByBatch, type BatchSums, type Tries } from '../batches/paid-by-batch';
import { mostCredits } from '../batches/price';
import { utcDay } from '../contract/day';
import { fitRows, type PricedRow, type RowsFitted } from '../accounts/fit-rows';
import { accountClient } from '../client/accounts';
import { requestOf } from '../client/request-of';
import { sayingWhatFailed } from './activity-failure';
import { knownIds } from './known-ids';
import { balanceNow } from './look-at-account';
import { readBatchPage } from './read-batch-page';
import { ownTries } from './own-tries';
import type { ActivityPorts } from './ports';

export type { RowsFitted };

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

export interface BudgetFitted extends RowsFitted {
  /** Where it does not know, what runs before this one have paid. */
  earlier?: EarlierCosts;
}

/** Only what is not nothing: an answer has 2 MB. */
export interface EarlierCosts {
  /** Place from 1; what all its tries have spent; what all but the last one have; what they may have spent beyond that. */
  rows: [row: number, spent: number, before: number, unknown: number][];
  /** Of rows of a manifest that the batch had before. */
  formerly: number;
}

interface Priced extends PricedRow {
  id: string;
  provider: ProviderName;
  /** Counted from 0. */
  index: number;
}

/** Whether what waits in a batch can be paid for. What is trained already costs nothing, unless it is tried again. */
export function checkBudget(ports: ActivityPorts) {
  const readPage = readBatchPage(ports);
  return (order: BudgetOrder): Promise<BudgetFitted> =>
    sayingWhatFailed(async () => {
      const { manifest, pages, states, isFirst = false } = order;
      // Not the requests: 50,000 of them are more than a worker should hold.
      const priced: Priced[] = [];
      for (const [page, first] of pages.entries()) {
        const rows = await readPage(pageKey(manifest, page));
        priced.push(...rows.map((row, at) => pricedRow(row, first + at)));
        heartbeat();
      }
      const wait = priced.filter(({ index }) => rowStateOf(states[index]) === 'waiting');
      const providers = [...new Set(wait.map(({ provider }) => provider))];
      const left = new Map<string, number>();
      for (const provider of providers) {
        const credits = await leftOn(ports, provider);
        if (credits !== null) left.set(provider, credits);
      }
      const own = await ownOf(order, priced);
      const budget = budgetLeft(order, { priced, own });
      const fitWithout = (paid: ReadonlySet<string>): RowsFitted => {
        const unpaid = wait.map((row) => (paid.has(row.id) ? { ...row, credits: 0 } : row));
        return placed(wait, fitRows(unpaid, { left, budget }));
      };
      const earlier = own !== null && isFirst ? { earlier: earlierCosts(priced, own) } : {};
      // What is known is joined, unless it is to be tried again.
      const fresh = wait.filter(({ index }) => states[index] !== AGAIN_LETTER).map(({ id }) => id);
      const started = fresh.filter((id) => own?.tries.has(id) === true);
      const fitted = fitWithout(new Set(started));
      if (fitted.short === null) return { ...fitted, ...earlier };
      return { ...fitWithout(new Set([...started, ...(await knownIds(fresh))])), ...earlier };
    });
}

interface Own {
  tries: ReadonlyMap<string, Tries>;
  /** Of rows that the batch has no more: what they have cost, and the most that those may cost that go on. */
  formerly: number;
  formerlyOpen: number;
}

/** Null where there is no budget that they could count against, or the batch does not say what it knows. */
async function ownOf(
  { states, wholeBudgetCredits = null, sums, isFirst = false }: BudgetOrder,
  priced: readonly Priced[],
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

function budgetLeft(
  { states, budgetCredits, wholeBudgetCredits = null, sums }: BudgetOrder,
  { priced, own }: { priced: readonly Priced[]; own: Own | null },
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

function earlierCosts(priced: readonly Priced[], { tries, formerly }: Own): EarlierCosts {
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

/** With places in the batch instead of those among the rows that wait. */
function placed(wait: readonly Priced[], fitted: RowsFitted): RowsFitted {
  return { ...fitted, unaffordable: fitted.unaffordable.map((at) => wait[at]?.index ?? at) };
}

/** The most that it may cost: every photo is good. */
function pricedRow({ id, request }: BatchRow, index: number): Priced {
  // Written by `keepManifest`, which takes nothing but requests.
  const asked = request as TrainRequest;
  const credits = asked.adopt === undefined ? mostCredits(asked) : 0;
  return { id, index, provider: asked.provider, credits };
}

/** By the gate of the account, where it has one that runs; else by its limits and its balance. Null: nothing is known. */
async function leftOn(ports: ActivityPorts, provider: ProviderName): Promise<number | null> {
  const { account } = ports.providers.account(provider);
  const order = { provider, account };
  const limits = ports.accounts.of(provider, account).limits;
  const today = utcDay(Date.now());
  if (limits !== null) {
    // One that has not begun, or does not answer, is asked by each training itself.
    const status = await accountClient(getClient())
      .account(provider, account)
      .catch(() => null);
    if (status !== null) return creditsLeft({ ...status, limits: { ...limits, isExclusive: false } }, today);
  }
  const balance = await balanceNow(ports, order);
  const left = [limits?.creditsPerDay ?? null, balance?.credits ?? null].filter((one) => one !== null);
  return left.length === 0 ? null : Math.min(...left);
}
