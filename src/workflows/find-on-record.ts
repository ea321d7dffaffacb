import * as activities from './activities';
import { stopped } from './to-its-end';
import { planOf, type TrainingRun } from './training-run';

/**
 * Where an earlier run under this id has left records, and its history is gone: what it has sent is paid, or may be. Asked first of
 * all, because then no photo, no slot and no credits may stand in its way.
 */
export async function findOnRecord(run: TrainingRun): Promise<void> {
  const { progress } = run;
  const { request, storeId = null, account = null, isOnRecord = false } = planOf(run);
  if (!isOnRecord) return;
  progress.charge = 'unknown';
  const found = await activities.findOnRecord.executeWithOptions({ summary: 'what was sent before' }, [
    { request, storeId, account },
  ]);
  // Once: what this run sends itself, it knows.
  progress.plan = { ...planOf(run), isOnRecord: false };
  if (found.is === 'sent') takeOver(run, found);
  else progress.charge = 'none';
  if (found.is === 'another') throw stopped(run, 'IdTaken', found.words);
}

function takeOver(
  run: TrainingRun,
  { attempt, credits, booked }: Pick<TrainingRun['progress'], 'attempt' | 'booked'> & { credits: number },
): void {
  const { progress } = run;
  const { request, account = null } = planOf(run);
  // A person names the training, and it needs no lookup; where that cannot be taken over, it is still paid.
  if (request.adopt !== undefined) return;
  progress.attempt = attempt;
  progress.isSentBefore = true;
  progress.booked = booked;
  progress.credits = { ...progress.credits, reserved: credits };
  // It has its slot at the provider, whoever has given it; its account learns of it, or has known it all the time.
  if (account !== null) progress.place = { is: 'in', turn: 'none', words: '', sinceMs: null };
}
