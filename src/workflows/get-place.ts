import { condition } from '@temporalio/workflow';
import { enterState } from './enter-state';
import { handOverIfSuggested } from './hand-over';
import { isThere, startWaiting } from './take-place';
import { tellAccount } from './tell-account';
import { tellBatch } from './tell-batch';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** An answer is lost with an account that somebody terminates; to ask twice is to ask once. */
const ASK_AGAIN_MS = 10 * 60_000;

/**
 * Waits until the account has a slot and the credits for this training, and it is its turn to pay. Nothing to do where the account
 * has no limits, or both were given before.
 */
export async function getPlace(run: TrainingRun): Promise<void> {
  const { progress } = run;
  for (let asked = 0; isNeeded(run); asked += 1) {
    // After one without an answer it is the account that does not know it any more.
    const isIn = progress.place.is === 'in' && asked === 0;
    if (!isIn) startWaiting(run);
    await tellAccount(run, isIn ? 'turn' : 'ask');
    await untilThere(run);
    await handOverIfSuggested(run);
  }
}

function isNeeded(run: TrainingRun): boolean {
  const { progress } = run;
  const hasAccount = (planOf(run).account ?? null) !== null;
  return hasAccount && progress.trainingId === null && !progress.isSentBefore && !isThere(run);
}

async function untilThere(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const untilMs = Date.now() + ASK_AGAIN_MS;
  while (!isThere(run) && Date.now() < untilMs) {
    const { is, words } = progress.place;
    if (is === 'refused') throw stopped(run, 'OverBudget', refusedSentence(run, words));
    const isNew = words !== '' && progress.state !== 'queued';
    if (words !== '') enterState(run, 'queued', words);
    if (isNew) await tellBatch(run);
    const isNews = () => isThere(run) || progress.place.words !== words;
    await condition(isNews, untilMs - Date.now(), { summary: 'a slot, credits and a turn on the account' });
  }
}

function refusedSentence(run: TrainingRun, words: string): string {
  const { facts, account } = planOf(run);
  return `The account ${account?.account ?? ''} at ${facts.title} can never pay for this training: ${words}; nothing was submitted. Raise the limit in accounts.yaml, or use fewer photos`;
}
