import { allHandlersFinished, condition, patched } from '@temporalio/workflow';
import type { Decision } from '../contract/decision';
import { assertNever } from '../contract/assert-never';
import { noteUnknown, release, settleFound } from './credits';
import { enterState } from './enter-state';
import { endTurn } from './give-place-back';
import { LOOK_UP_UNIT_MS, evidenceAgainMs } from './look-up-schedule';
import { decisionNote } from './status-line';
import { tellBatch } from './tell-batch';
import { tellCaller } from './tell-caller';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

type LookAgain = () => Promise<'settled' | object>;

/**
 * Waits for a person. Nothing is sent meanwhile: whoever sends again without proof may pay twice. A nudge, or evidence
 * that comes in, makes it look once more; evidence that has come is looked at now and then.
 *
 * @param lookAgain null where there is no record that could be looked up
 */
export async function awaitDecision(
  run: TrainingRun,
  { words, lookAgain }: { words: string; lookAgain: LookAgain | null },
): Promise<void> {
  const { progress } = run;
  // One that came too late was of the attempt before.
  if (progress.decision !== null && patched('decision-is-of-its-attempt')) progress.decision = null;
  enterState(run, 'needs-decision', decisionNote(run, words));
  await endTurn(run); // nobody knows how long a person takes
  await tellCaller(run);
  await tellBatch(run);
  for (let repeats = 0; ;) {
    const isNudged = await untilHeard(run, lookAgain === null ? null : repeats);
    repeats = isNudged ? 0 : repeats + 1;
    if (progress.decision !== null) {
      await condition(allHandlersFinished); // whoever decided gets their answer before this goes on
      obey(run, progress.decision);
      await tellBatch(run, 'submitting');
      return;
    }
    progress.isNudged = false;
    // Not while a decision is being written down: the two would contradict each other.
    if (lookAgain !== null && !progress.isDeciding && (await lookAgain()) === 'settled') {
      await tellBatch(run, 'submitting');
      return;
    }
  }
}

/** True where somebody was heard; false where a delivery is worth another look. */
async function untilHeard(run: TrainingRun, repeats: number | null): Promise<boolean> {
  const { progress } = run;
  const isHeard = () => progress.decision !== null || progress.isNudged;
  const { lookUpUnitMs = LOOK_UP_UNIT_MS } = planOf(run);
  const isNamed = progress.evidence.some(({ attempt }) => attempt === progress.attempt);
  if (repeats !== null && isNamed && patched('evidence-again')) {
    const delayMs = evidenceAgainMs(repeats, lookUpUnitMs);
    return condition(isHeard, delayMs, { summary: 'another look at what a delivery said' });
  }
  await condition(isHeard);
  return true;
}

function obey(run: TrainingRun, decision: Decision): void {
  const { progress } = run;
  progress.decision = null;
  switch (decision.decision) {
    case 'adopt':
      settleFound(run, decision.trainingId);
      return;
    case 'retry':
      progress.isRetriedUnknown = true;
      noteUnknown(run);
      release(run);
      progress.attempt += 1;
      // Until it is submitted again there is nothing to decide, and that may take hours.
      if (patched('decided-is-queued')) enterState(run, 'queued', 'to be submitted again');
      return;
    case 'abandon':
      throw stopped(
        run,
        'Abandoned',
        `A person gave the training up; ${planOf(run).facts.title} may have started it and may bill it`,
      );
    default:
      assertNever(decision);
  }
}
