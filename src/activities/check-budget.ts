import { getClient, heartbeat } from '@temporalio/activity';
import { AGAIN_LETTER, pageKey, rowStateOf, type BatchRow } from '../contract/batch';
import type { TrainRequest } from '../contract/request';
import { mostCredits } from '../batches/price';
import { fitRows, type RowsFitted } from '../accounts/fit-rows';
import { endedFree } from '../client/ended-free';
import { leftOn } from './account-left';
import { sayingWhatFailed } from './activity-failure';
import {
  budgetLeft,
  earlierCosts,
  ownOf,
  type BudgetOrder,
  type EarlierCosts,
  type PricedOfBatch,
} from './budget-left';
import { knownRows } from './known-rows';
import type { ActivityPorts } from './ports';
import { readBatchPage } from './read-batch-page';

export type { RowsFitted };

export interface BudgetFitted extends RowsFitted {
  /** Where it does not know, what runs before this one have paid. */
  earlier?: EarlierCosts;
}

/** Whether what waits in a batch can be paid for. What is trained already costs nothing, unless it is tried again. */
export function checkBudget(ports: ActivityPorts) {
  const readPage = readBatchPage(ports);
  return (order: BudgetOrder): Promise<BudgetFitted> =>
    sayingWhatFailed(async () => {
      const { manifest, pages, states, isFirst = false } = order;
      // Not the requests: 50,000 of them are more than a worker should hold.
      const priced: PricedOfBatch[] = [];
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
      const fitWithout = (paid: ReadonlySet<string>, paidCredits: number): RowsFitted => {
        const unpaid = wait.map((row) => (paid.has(row.id) ? { ...row, credits: 0 } : row));
        const limits = { left, budget: budget === null ? null : Math.max(budget - paidCredits, 0) };
        return placed(wait, fitRows(unpaid, limits));
      };
      const earlier = own !== null && isFirst ? { earlier: earlierCosts(priced, own) } : {};
      // What is known is joined, unless it is to be tried again.
      const fresh = wait.filter(({ index }) => states[index] !== AGAIN_LETTER);
      const isOwn = ({ id }: PricedOfBatch) => own?.tries.has(id) === true;
      const started = fresh.filter(isOwn).map(({ id }) => id);
      const fitted = fitWithout(new Set(started), 0);
      if (fitted.short === null) return { ...fitted, ...earlier };
      const known = await knownRows(fresh.filter((row) => !isOwn(row)));
      const kept = await keptRows(wait.filter(({ index }) => states[index] === AGAIN_LETTER));
      return { ...fitWithout(new Set([...started, ...known.ids, ...kept]), known.ownCredits), ...earlier };
    });
}

/** Of those that are tried again: what has cost something is not started over, and takes no money from the others. */
async function keptRows(again: readonly PricedOfBatch[]): Promise<string[]> {
  const { ids } = await knownRows(again);
  const kept: string[] = [];
  for (const { id, fingerprint } of again) {
    heartbeat();
    if (ids.has(id) && (await endedFree(getClient(), id, fingerprint)).is !== 'free') kept.push(id);
  }
  return kept;
}

/** With places in the batch instead of those among the rows that wait. */
function placed(wait: readonly PricedOfBatch[], fitted: RowsFitted): RowsFitted {
  return { ...fitted, unaffordable: fitted.unaffordable.map((at) => wait[at]?.index ?? at) };
}

/** The most that it may cost: every photo is good. */
function pricedRow({ id, request, fingerprint }: BatchRow, index: number): PricedOfBatch {
  // Written by `keepManifest`, which takes nothing but requests.
  const asked = request as TrainRequest;
  const credits = asked.adopt === undefined ? mostCredits(asked) : 0;
  return { id, index, provider: asked.provider, credits, fingerprint };
}
