import { getClient, heartbeat } from '@temporalio/activity';
import { creditsLeft } from '../contract/account-status';
import { AGAIN_LETTER, isOpenEnded, pageKey, rowStateOf, type BatchRow } from '../contract/batch';
import type { ProviderName, TrainRequest } from '../contract/request';
import { mostCredits } from '../batches/price';
import { utcDay } from '../contract/day';
import { fitRows, type PricedRow, type RowsFitted } from '../accounts/fit-rows';
import { accountClient } from '../client/accounts';
import { sayingWhatFailed } from './activity-failure';
import { earlierCosts, type EarlierCosts } from './earlier-costs';
import { knownIds } from './known-ids';
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
  /** Rows that others have started, and pay for: places from 1. Absent in the order of an older release. */
  ofOthers?: readonly number[];
  /** Nothing has been started, so whatever bears the name of the batch is of runs before it. Absent in the order of an older release. */
  isFirst?: boolean;
}

export interface BudgetFitted extends RowsFitted {
  /** Where it is the first time, what runs before this one have paid. */
  earlier?: EarlierCosts;
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
      const { manifest, pages, states, budgetCredits, ofOthers = [], isFirst = false } = order;
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
      const isOurs = others(ofOthers);
      const open = priced.filter((row) => isOpenEnded(rowStateOf(states[row.index])) && isOurs(row));
      const earlier = isFirst ? await earlierCosts(getClient(), priced) : null;
      const paidCredits = sumOf(open) + (earlier?.credits ?? 0);
      const budget = budgetCredits === null ? null : Math.max(budgetCredits - paidCredits, 0);
      const fitWithout = (paid: ReadonlySet<string>): BudgetFitted => {
        const unpaid = wait.map((row) => (paid.has(row.id) ? { ...row, credits: 0 } : row));
        const fitted = placed(wait, fitRows(unpaid, { left, budget }));
        return earlier === null ? fitted : { ...fitted, earlier: costsOnly(earlier) };
      };
      const own = earlier?.ids ?? new Set<string>();
      const fitted = fitWithout(own);
      if (fitted.short === null) return fitted;
      const fresh = wait.filter(({ index }) => states[index] !== AGAIN_LETTER);
      return fitWithout(new Set([...own, ...(await knownIds(fresh.map(({ id }) => id)))]));
    });
}

function costsOnly({ rows, formerly }: EarlierCosts): EarlierCosts {
  return { rows, formerly };
}

/** With places in the batch instead of those among the rows that wait. */
function placed(wait: readonly Priced[], fitted: RowsFitted): RowsFitted {
  return { ...fitted, unaffordable: fitted.unaffordable.map((at) => wait[at]?.index ?? at) };
}

function others(places: readonly number[]): (row: Priced) => boolean {
  const ofOthers = new Set(places);
  return ({ index }) => !ofOthers.has(index + 1);
}

function sumOf(rows: readonly PricedRow[]): number {
  return rows.reduce((sum, { credits }) => sum + credits, 0);
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
