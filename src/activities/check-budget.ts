import { getClient, heartbeat } from '@temporalio/activity';
import { creditsLeft } from '../contract/account-status';
import { pageKey, type BatchRow } from '../contract/batch';
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
  /** What the whole batch may cost; null: as much as its accounts have. */
  budgetCredits: number | null;
}

const LOOKED_UP_TOGETHER = 500;

/** Whether a batch can be paid for, before anything of it is started. What is trained already costs nothing. */
export function checkBudget(ports: ActivityPorts) {
  const readPage = readBatchPage(ports);
  return ({ manifest, pages, budgetCredits }: BudgetOrder): Promise<RowsFitted> =>
    sayingWhatFailed(async () => {
      // Not the requests: 50,000 of them are more than a worker should hold.
      const priced: (PricedRow & { id: string; provider: ProviderName })[] = [];
      for (const [page] of pages.entries()) {
        priced.push(...(await readPage(pageKey(manifest, page))).map(pricedRow));
        heartbeat();
      }
      const providers = [...new Set(priced.map(({ provider }) => provider))];
      const left = new Map<string, number>();
      for (const provider of providers) {
        const credits = await leftOn(ports, provider);
        if (credits !== null) left.set(provider, credits);
      }
      const limits = { left, budget: budgetCredits };
      const fitted = fitRows(priced, limits);
      if (fitted.short === null) return fitted;
      const known = await knownIds(priced.map(({ id }) => id));
      return fitRows(
        priced.map((row) => (known.has(row.id) ? { ...row, credits: 0 } : row)),
        limits,
      );
    });
}

/** The most that it may cost: every photo is good. */
function pricedRow({ id, request }: BatchRow): PricedRow & { id: string; provider: ProviderName } {
  // Written by `keepManifest`, which takes nothing but requests.
  const asked = request as TrainRequest;
  return { id, provider: asked.provider, credits: asked.adopt === undefined ? mostCredits(asked) : 0 };
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
