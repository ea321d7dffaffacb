import { patched } from '@temporalio/workflow';
import { trainingPayment, unknownPayment } from '../contract/account';
import { planOf, type TrainingProgress, type TrainingRun } from './training-run';

/** Sets the price of the training aside, until its outcome is settled. */
export function reserve(run: TrainingRun, photoCount: number): void {
  const reserved = photoCount * planOf(run).facts.trainingCreditsPerPhoto;
  run.progress.credits = { ...run.progress.credits, reserved };
}

/** It was not started. An earlier attempt that a person chose to repeat without proof may have been. */
export function release(run: TrainingRun): void {
  run.progress.credits = { ...run.progress.credits, reserved: 0 };
  run.progress.charge = run.progress.isRetriedUnknown ? 'unknown' : 'none';
}

/** A person has the attempt repeated without proof: it may have been charged as well. */
export function noteUnknown(run: TrainingRun): void {
  const { attempt, credits, place, booked } = run.progress;
  noteRepeated(run, { attempt, credits: credits.reserved, isBooked: booked === 'unknown' });
  // The next attempt has to get its credits first.
  if (place.is === 'in') place.turn = 'none';
}

/** @param isBooked its account has it in its ledger */
export function noteRepeated(
  { progress: { payments } }: TrainingRun,
  { attempt, credits, isBooked }: { attempt: number; credits: number; isBooked: boolean },
): void {
  const payment = { key: unknownPayment(attempt), what: 'unknown', credits } as const;
  if (credits > 0) payments.push(isBooked ? { ...payment, isBooked } : payment);
}

/** It was started, and is paid. */
export function settle(run: TrainingRun, trainingId: string): void {
  const { reserved, spent } = run.progress.credits;
  run.progress.credits = { reserved: 0, spent: spent + reserved };
  run.progress.charge = 'charged';
  if (reserved > 0 && run.progress.booked !== 'charged')
    run.progress.payments.push({
      key: trainingPayment(run.progress.attempt),
      what: 'training',
      credits: reserved,
    });
  run.progress.trainingId = trainingId;
  run.progress.trainingSinceMs = Date.now();
}

/** Found, or adopted by a person: it may have ended long ago, and whatever told so may be used up, so it is looked at without a wait. */
export function settleFound(run: TrainingRun, trainingId: string): void {
  settle(run, trainingId);
  if (patched('look-at-once')) run.progress.isNudged = true;
}

/** Credits that it may have spent beyond those that it has: nobody knows what became of a submission. */
export function mayHaveSpent(progress: TrainingProgress): number {
  const { charge, credits } = progress;
  return creditsRepeated(progress) + (charge === 'unknown' ? credits.reserved : 0);
}

/** Of attempts that a person had repeated. */
export function creditsRepeated({ payments }: TrainingProgress): number {
  return payments.filter(({ what }) => what === 'unknown').reduce((sum, { credits }) => sum + credits, 0);
}
