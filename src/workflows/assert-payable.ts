import { isCancellation, patched } from '@temporalio/workflow';
import type { BudgetOrder, KnownSums } from '../activities/budget-left';
import type { BudgetFitted, RowsFitted } from '../activities/check-budget';
import { neverAgain } from '../failures';
import * as activities from './activities';
import { creditsOfEnded, takeEarlier } from './batch-credits';
import { hear, stateOf, type BatchProgress } from './batch-rows';
import { hearWords, type BatchRun } from './batch-run';

/**
 * Before anything is started, and again for rows that are tried again: whether its accounts, and its budget, have what all that wait
 * may cost at most. Where they have not, nothing is started, or only the rows for which there is enough. What is tried again without
 * means is left out in any case: the others go on.
 */
export async function assertPayable(batch: BatchRun): Promise<void> {
  const { progress } = batch;
  if (progress.means === 'enough' || progress.isCanceled || batch.order.rows === 0) return;
  const isBefore = progress.means === 'unasked';
  try {
    const fitted = await fittedNow(batch);
    if (fitted.earlier !== undefined) takeEarlier(progress, fitted.earlier);
    const { rows, beyondMeans = 'refuse' } = batch.order;
    if (fitted.short !== null && isBefore && beyondMeans === 'refuse' && !isCanceledMeanwhile(progress))
      throw neverAgain('OverBudget', tooDear(fitted, rows));
    for (const index of fitted.unaffordable)
      // Meanwhile somebody may have canceled it.
      if (stateOf(progress, index) === 'waiting') hear(progress, { row: index + 1, state: 'left-out' });
    progress.means = 'enough';
  } catch (error) {
    if (!isCancellation(error)) throw error;
    progress.isCanceled = true;
  }
  hearWords(batch, []);
}

/** Then nothing of it is started, and whoever has canceled it is not told that it failed. */
function isCanceledMeanwhile({ isCanceled }: BatchProgress): boolean {
  return isCanceled && patched('canceled-is-not-refused');
}

/** Asked once more where rows are to be tried again that it was not asked about. */
async function fittedNow(batch: BatchRun): Promise<BudgetFitted> {
  for (;;) {
    const { retries, progress } = batch;
    const { manifest, pages, rows, budgetCredits } = batch.order;
    const order: BudgetOrder = {
      manifest,
      pages,
      states: progress.states,
      wholeBudgetCredits: budgetCredits ?? null,
      sums: sumsOf(progress),
      isFirst: !progress.hasSums,
      budgetCredits:
        budgetCredits === undefined ? null : Math.max(budgetCredits - creditsOfEnded(progress), 0),
    };
    const fitted = await activities.checkBudget.executeWithOptions({ summary: `${rows} rows` }, [order]);
    if (batch.retries === retries) return fitted;
  }
}

function sumsOf({ spent, spentBefore, unknown, ofOthers, formerly }: BatchProgress): KnownSums {
  return { spent, spentBefore, unknown, ofOthers, formerly };
}

function tooDear({ short, unaffordable }: RowsFitted, rows: number): string {
  if (short === null) return '';
  const where =
    short.of === 'budget'
      ? 'its budget has'
      : `the account at ${short.provider} has left for today, or in all,`;
  const fit = rows - unaffordable.length;
  const partial = fit === 0 ? 'None of its rows fits' : `With --partial the ${fit} rows that fit are trained`;
  return `The batch of ${rows} rows may need ${short.needed} credits, and ${where} ${short.left}; nothing was started. ${partial}`;
}
