import { getExternalWorkflowHandle, log } from '@temporalio/workflow';
import type { AccountAnswer } from '../contract/account';
import { PLACE_SIGNAL } from '../contract/names';
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
    const { holders, queue } = run.book;
    const ask = holders[id]?.ask ?? queue.find((one) => one.id === id)?.ask;
    // Who has its turn may have paid, and somebody has to see what became of it.
    if (ask === undefined || holders[id]?.turn === 'held') return;
    run.inbox.push({ word: 'ended', id, ask, payments: [], charge: 'none' });
  }
}
