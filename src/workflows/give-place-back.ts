import { startWaiting, turnIsOver } from './take-place';
import { tellAccount } from './tell-account';
import type { TrainingRun } from './training-run';

/** Its paid call has an outcome, or somebody has to find it out: others may have their turn. */
export async function endTurn(run: TrainingRun): Promise<void> {
  if (!hasAsked(run)) return;
  turnIsOver(run);
  await tellAccount(run, 'called');
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

export function hasAsked({ progress: { place } }: TrainingRun): boolean {
  return place.is !== 'not-asked';
}
