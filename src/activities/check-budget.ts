import { getClient, heartbeat } from '@temporalio/activity';
import { creditsLeft } from '../contract/account-status';
import { AGAIN_LETTER, isUnderWay, pageKey, rowStateOf, type BatchRow } from '../contract/batch';
import type { ProviderName, TrainRequest } from '../contract/request';
import { mostCredits } from '../batches/price';
import { utcDay } from '../contract/day';
import { fitRows, type PricedRow, type RowsFitted } from '../accounts/fit-rows';
import { accountClient } from '../client/accounts';
import { glanceAt } from '../client/glance-at';
import { sayingWhatFailed } from './activity-failure';
import { balanceNow } from './look-at-account';
import { readBatchPage } from './read-batch-page';
import type { ActivityPorts } from './ports';

export type { RowsFitted };

export interface BudgetOrder {
  manifest: string;
  pages: readonly number[];
  /** A letter for each row: asked about are those that wait. */
  states: string;
  /** For those that wait and those that are under way; null: as much as their accounts have. */
  budgetCredits: number | null;
}

interface Priced extends PricedRow {
  id: string;
  provider: ProviderName;
  /** Counted from 0. */
  index: number;
}

const LOOKED_UP_TOGETHER = 500;

/** Whether what waits in a batch can be paid for. What is trained already costs nothing, unless it is tried again. */
export function checkBudget(ports: ActivityPorts) {
  const readPage = readBatchPage(ports);
  return ({ manifest, pages, states, budgetCredits }: BudgetOrder): Promise<RowsFitted> =>
    sayingWhatFailed(async () => {
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
      const budget = budgetCredits === null ? null : Math.max(budgetCredits - underWay(priced, states), 0);
      const limits = { left, budget };
      const fitted = placed(wait, fitRows(wait, limits));
      if (fitted.short === null) return fitted;
      const fresh = wait.filter(({ index }) => states[index] !== AGAIN_LETTER);
      const known = await knownIds(fresh.map(({ id }) => id));
      const unpaid = wait.map((row) => (known.has(row.id) ? { ...row, credits: 0 } : row));
      return placed(wait, fitRows(unpaid, limits));
    });
}

/** With places in the batch instead of those among the rows that wait. */
function placed(wait: readonly Priced[], fitted: RowsFitted): RowsFitted {
  return { ...fitted, unaffordable: fitted.unaffordable.map((at) => wait[at]?.index ?? at) };
}

/** What those may cost that are under way. */
function underWay(priced: readonly Priced[], states: string): number {
  return priced
    .filter(({ index }) => isUnderWay(rowStateOf(states[index])))
    .reduce((sum, { credits }) => sum + credits, 0);
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

/** What is known is joined, whatever it came to: a batch starts nothing a second time by itself. */
async function knownIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let from = 0; from < ids.length; from += LOOKED_UP_TOGETHER) {
    const seen = await glanceAt(getClient(), ids.slice(from, from + LOOKED_UP_TOGETHER));
    for (const { id } of seen) known.add(id);
    heartbeat();
  }
  return known;
}
