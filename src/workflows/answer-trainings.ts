import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { AccountAnswer } from '../contract/account';
import { PLACE_SIGNAL } from '../contract/names';
import { holderOf } from './account-book';
import type { AccountRun } from './account-run';

/** Temporal takes 2,000 that are not answered yet. */
const TOGETHER = 200;

/** Tells trainings how it goes with them. One that is there no more gives back what it has. */
export async function answerTrainings(
  run: AccountRun,
  answers: ReadonlyMap<string, AccountAnswer>,
): Promise<void> {
  const all = [...answers];
  for (let from = 0; from < all.length; from += TOGETHER)
    await Promise.all(all.slice(from, from + TOGETHER).map(([id, answer]) => tell(run, id, answer)));
}

async function tell(run: AccountRun, id: string, answer: AccountAnswer): Promise<void> {
  try {
    await getExternalWorkflowHandle(id).signal(PLACE_SIGNAL, answer);
  } catch (error) {
    log.info('a training is there no more', { id, error: String(error) });
    // Whoever has a slot may have paid: a look at its records says so. Whoever waits has not.
    if (holderOf(run.book, id) !== null) run.isNudged = true;
    run.book.queue = run.book.queue.filter((one) => one.id !== id);
  }
}
