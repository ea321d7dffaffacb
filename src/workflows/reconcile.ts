import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { Finding, LookUpOrder } from '../activities/look-up-submission';
import { assertNever } from '../contract/assert-never';
import * as activities from './activities';
import { awaitDecision } from './await-decision';
import { release, settleFound } from './credits';
import { announce, enterState } from './enter-state';
import { LOOK_UP_UNIT_MS, lookUpDelayMs } from './look-up-schedule';
import { pause } from './pause';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/** The last lookup comes just after the time is over. */
const MARGIN_MS = 100;

/**
 * Finds out what became of a submission whose outcome is unknown, by looking again and again while proof may still come.
 * Afterwards the training is known, or the next attempt may go, or the run has ended.
 */
export async function reconcile(run: TrainingRun, words: string): Promise<void> {
  const { progress } = run;
  const { storeId, lookUpUnitMs = LOOK_UP_UNIT_MS } = planOf(run);
  progress.charge = 'unknown';
  // An older release wrote no record, and "no record" would pass for a proof that nothing was sent.
  if (storeId === undefined) return awaitDecision(run, { words, lookAgain: null });
  progress.lookUps = 0;
  enterState(run, 'reconciling', words);
  const lookAgain = () => isSettled(run, storeId);
  for (;;) {
    const finding = await lookAgain();
    if (finding === 'settled') return;
    if (finding.untilMs === null)
      return awaitDecision(run, { words: decisionWords(words, finding), lookAgain });
    progress.note = `${words}; ${finding.words}`;
    // Its clock and ours differ, so whether the time is over is said by the one who looks, not concluded here.
    const untilOverMs = Math.max(finding.untilMs - Date.now(), 0) + MARGIN_MS;
    const delayMs = Math.min(lookUpDelayMs(progress.lookUps, lookUpUnitMs), untilOverMs);
    await pause(run, delayMs, 'next lookup, or evidence');
  }
}

type NoProof = Extract<Finding, { finding: 'no-proof' }>;

async function isSettled(run: TrainingRun, storeId: string): Promise<'settled' | NoProof> {
  const { progress } = run;
  const { request, facts } = planOf(run);
  progress.lookUps += 1;
  progress.isNudged = false;
  progress.isLookingUp = true;
  announce(run);
  const finding = await look(
    { request, attempt: progress.attempt, storeId, evidence: progress.evidence },
    progress.lookUps,
  );
  progress.isLookingUp = false;
  switch (finding.finding) {
    case 'started':
      settleFound(run, finding.trainingId);
      return 'settled';
    case 'not-started':
      release(run);
      progress.attempt += 1;
      return 'settled';
    case 'abandoned':
      throw stopped(
        run,
        'Abandoned',
        `A person gave this training up before; ${facts.title} may have started and billed it. To train again, choose another id`,
      );
    case 'no-proof':
      return finding;
    default:
      return assertNever(finding);
  }
}

/** What keeps a worker from looking. A person mends it, and nudges; to end the run would lose what may be paid. */
const TO_MEND = ['ProviderNotConfigured', 'StoreUnavailable', 'OtherStore'];

async function look(order: LookUpOrder, number: number): Promise<Finding> {
  try {
    return await activities.lookUpSubmission.executeWithOptions({ summary: `lookup ${number}` }, [order]);
  } catch (error) {
    const cause = error instanceof ActivityFailure ? error.cause : undefined;
    if (!(cause instanceof ApplicationFailure) || !TO_MEND.includes(cause.type ?? '')) throw error;
    return {
      finding: 'no-proof',
      words: `it cannot be looked up: ${cause.message}`,
      untilMs: null,
      hasStarted: false,
    };
  }
}

function decisionWords(words: string, { hasStarted, words: found }: NoProof): string {
  return hasStarted
    ? `${words}; it has started (${found}), and only its id is missing`
    : `${words}; ${found}`;
}
