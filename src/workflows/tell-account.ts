import { CancellationScope, getExternalWorkflowHandle } from '@temporalio/workflow';
import { accountWorkflowId, type AccountAsk, type AccountWord } from '../contract/account';
import type { Charge } from '../contract/result';
import { ACCOUNT_SIGNAL } from '../contract/names';
import * as activities from './activities';
import { goodPhotos, planOf, type TrainingRun } from './training-run';

type Said = 'ask' | 'turn' | 'settled' | 'full' | { ended: Charge };

/** Tells the account of this training something, where it has limits. Whatever became of the training, the account hears of it. */
export async function tellAccount(run: TrainingRun, said: Said): Promise<void> {
  const order = run.progress.plan?.account ?? null;
  if (order === null) return;
  const of = { id: run.id, ask: askOf(run), payments: run.progress.payments };
  const word: AccountWord =
    typeof said === 'string' ? { ...of, word: said } : { ...of, word: 'ended', charge: said.ended };
  await CancellationScope.nonCancellable(async () => {
    try {
      await getExternalWorkflowHandle(accountWorkflowId(order.provider, order.account)).signal(
        ACCOUNT_SIGNAL,
        word,
      );
    } catch {
      // It does not run: the first training on it, or the first one since long.
      await activities.tellAccount.executeWithOptions({ summary: word.word }, [{ order, word }]);
    }
  });
}

/** Those without customer or batch share one share. */
function askOf(run: TrainingRun): AccountAsk {
  const { request, facts } = planOf(run);
  const { customer = null, priority = 3 } = request;
  const share = customer ?? run.progress.batch?.id ?? '';
  const credits = goodPhotos(run).length * facts.trainingCreditsPerPhoto + facts.uploadCredits;
  return { customer, share, priority, credits };
}
