import { isCancellation } from '@temporalio/workflow';
import type { RowsFitted } from '../activities/check-budget';
import { neverAgain } from '../failures';
import * as activities from './activities';
import { hear } from './batch-rows';
import { hearWords, type BatchRun } from './batch-run';

/**
 * Before anything is started: whether its accounts, and its budget, have what all rows may cost at most. Where they have not, nothing is
 * started, or only the rows for which there is enough.
 */
export async function assertPayable(batch: BatchRun): Promise<void> {
  const { order, progress } = batch;
  if (progress.isPayable || progress.isCanceled || order.rows === 0) return;
  const { manifest, pages, rows, budgetCredits = null, beyondMeans = 'refuse' } = order;
  try {
    const fitted = await activities.checkBudget.executeWithOptions({ summary: `${rows} rows` }, [
      { manifest, pages, budgetCredits },
    ]);
    if (fitted.short !== null && beyondMeans === 'refuse')
      throw neverAgain('OverBudget', tooDear(fitted, rows));
    for (const index of fitted.unaffordable)
      hear(progress, { row: index + 1, state: 'left-out', creditsSpent: 0 });
    progress.isPayable = true;
  } catch (error) {
    if (!isCancellation(error)) throw error;
    progress.isCanceled = true;
  }
  hearWords(batch, []);
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
