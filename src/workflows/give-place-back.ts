import { patched } from '@temporalio/workflow';
import { NO_PLACE, startWaiting, turnIsOver } from './take-place';
import { tellAccount } from './tell-account';
import type { TrainingRun } from './training-run';

/** Its paid call has an outcome, or somebody has to find it out: others may have their turn. */
export async function endTurn(run: TrainingRun): Promise<void> {
  if (!hasAsked(run)) return;
  turnIsOver(run);
  await tellAccount(run, 'called');
}

/** It takes minutes to find out what became of its call, and others may have their turn meanwhile, unless theirs would blur the evidence. */
export async function tellSent(run: TrainingRun): Promise<void> {
  if (hasAsked(run) && patched('tells-that-it-was-sent')) await tellAccount(run, 'sent');
}

/** The provider takes no more trainings at a time: the slot was none. */
export async function losePlace(run: TrainingRun, fullForMs: number): Promise<void> {
  if (!hasAsked(run)) return;
  startWaiting(run);
  await tellAccount(run, { fullForMs });
}

/** To be called when it has ended, however: its slot is free, and what is set aside for it as well. */
export async function leavePlace(run: TrainingRun): Promise<void> {
  if (!hasAsked(run)) return;
  const { charge, credits, booked } = run.progress;
  // An attempt that a person had repeated is told as such: what is set aside now is for another one, which was not made.
  const isOfEarlier = charge === 'unknown' && (credits.reserved === 0 || booked === 'unknown');
  await tellAccount(run, { ended: isOfEarlier ? 'none' : charge });
}

/** The same, where the training itself has ended and only its images are to be copied: it is told once. */
export async function leavePlaceEarly(run: TrainingRun): Promise<void> {
  if (!hasAsked(run) || !patched('slot-ends-with-training')) return;
  await leavePlace(run);
  run.progress.place = NO_PLACE;
}

export function hasAsked({ progress: { place } }: TrainingRun): boolean {
  return place.is !== 'not-asked';
}
