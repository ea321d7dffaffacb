import { CancellationScope, getExternalWorkflowHandle, isCancellation, log } from '@temporalio/workflow';
import { accountWorkflowId, type AccountAsk, type AccountOrder, type AccountWord } from '../contract/account';
import type { Charge } from '../contract/result';
import { ACCOUNT_SIGNAL } from '../contract/names';
import { errorMessage } from '../error-facts';
import * as activities from './activities';
import { goodPhotos, planOf, type TrainingRun } from './training-run';

type Said = 'ask' | 'turn' | 'sent' | 'called' | { fullForMs: number } | { ended: Charge };

/** Tells the account of this training something, where it has limits. */
export async function tellAccount(run: TrainingRun, said: Said): Promise<void> {
  const order = run.progress.plan?.account ?? null;
  if (order === null) return;
  const word = wordOf(run, said);
  // Without an answer to these it cannot go on; a cancel or the deadline may end it.
  if (said === 'ask' || said === 'turn') await tell(order, word, activities.askAccount);
  else await CancellationScope.nonCancellable(() => tellInPassing(order, word));
}

/** Whatever becomes of it, the training goes on: the account finds out by itself what it has not heard. */
async function tellInPassing(order: AccountOrder, word: AccountWord): Promise<void> {
  try {
    await tell(order, word, activities.tellAccount);
  } catch (error) {
    log.warn('the account of a training could not be told', { word: word.word, error: errorMessage(error) });
  }
}

async function tell(
  order: AccountOrder,
  word: AccountWord,
  byActivity: typeof activities.tellAccount,
): Promise<void> {
  const gate = getExternalWorkflowHandle(accountWorkflowId(order.provider, order.account));
  try {
    await gate.signal(ACCOUNT_SIGNAL, word);
  } catch (error) {
    if (isCancellation(error)) throw error;
    // It does not run: this is the first training on it, or somebody has terminated it.
    await byActivity.executeWithOptions({ summary: word.word }, [{ order, word }]);
  }
}

function wordOf(run: TrainingRun, said: Said): AccountWord {
  const { trainingId } = run.progress;
  const payments = run.progress.payments.filter(({ isBooked = false }) => !isBooked);
  const of = { id: run.id, ask: askOf(run), payments };
  if (said === 'called') return { ...of, word: 'called', isTraining: trainingId !== null };
  if (typeof said === 'string') return { ...of, word: said };
  if ('ended' in said) return { ...of, word: 'ended', charge: said.ended };
  return { ...of, word: 'full', afterMs: said.fullForMs };
}

/** Those without customer or batch share one share. */
function askOf(run: TrainingRun): AccountAsk {
  const { request, facts } = planOf(run);
  const { customer = null, priority = 3 } = request;
  const share = customer ?? run.progress.batch?.id ?? '';
  const photos = goodPhotos(run).length;
  // Of what an earlier run has sent there is neither a photo nor an upload, and its record says what it costs.
  if (photos === 0) return { customer, share, priority, ...costOf(run.progress.credits.reserved, 0) };
  return {
    customer,
    share,
    priority,
    ...costOf(photos * facts.trainingCreditsPerPhoto, facts.uploadCredits),
  };
}

function costOf(
  attemptCredits: number,
  uploadCredits: number,
): Pick<AccountAsk, 'credits' | 'attemptCredits'> {
  return { credits: attemptCredits + uploadCredits, attemptCredits };
}
